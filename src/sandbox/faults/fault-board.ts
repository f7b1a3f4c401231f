import { randomUUID } from 'node:crypto';
import { ArmProblem } from '../arm/problem.ts';
import type { Call } from '../http/exchange.ts';
import { type FaultRequest, isOperationAction, type OperationAction, type RequestAction } from './fault.ts';
import { Lag } from './lag.ts';

/** A fault that has been armed, with how often it was met. */
export interface ArmedFault {
  readonly id: string;
  readonly request: FaultRequest;
  /** Requests that fitted, and those among them that were struck. */
  matched: number;
  struck: number;
  /** Requests that a `hold` keeps waiting at this moment. */
  waiting: number;
  /** Resolves when the fault is disarmed. */
  readonly disarmed: Promise<void>;
  readonly disarm: () => void;
}

/** The faults that are armed, in the order they were. */
export class FaultBoard {
  readonly #faults = new Map<string, ArmedFault>();
  /** What struck `lag` faults have hidden. */
  readonly lag = new Lag();

  /** @throws ArmProblem when `when` and the action do not go together. */
  arm(request: FaultRequest): string {
    if (request.when && (request.when === 'operation') !== isOperationAction(request.action))
      throw new ArmProblem(400, 'InvalidFault', `when: "${request.when}" does not go with this action.`);
    const { promise, resolve } = Promise.withResolvers<void>();
    const fault = { id: randomUUID(), request, matched: 0, struck: 0, waiting: 0, disarmed: promise, disarm: resolve };
    this.#faults.set(fault.id, fault);
    return fault.id;
  }

  list(): readonly Record<string, unknown>[] {
    return [...this.#faults.values()].map(({ id, request, matched, struck, waiting }) => ({
      id,
      ...request,
      path: request.path?.source,
      matched,
      struck,
      waiting,
    }));
  }

  /** Takes one fault away, or all. True when there was any. */
  disarm(id?: string): boolean {
    if (id === undefined) this.lag.clear();
    const gone = [...this.#faults.values()].filter((fault) => id === undefined || fault.id === id);
    for (const fault of gone) {
      this.#faults.delete(fault.id);
      fault.disarm();
    }
    return gone.length > 0;
  }

  /** The first fault on requests that strikes this one. */
  strikeRequest(call: Call): { readonly fault: ArmedFault; readonly action: RequestAction } | undefined {
    for (const fault of this.#faults.values()) {
      const { action } = fault.request;
      if (!isOperationAction(action) && strikes(fault, call)) return { fault, action };
    }
    return undefined;
  }

  /** The first fault on operations that strikes the one which this request starts. */
  strikeOperation(call: Call): OperationAction | undefined {
    for (const fault of this.#faults.values()) {
      const { action } = fault.request;
      if (isOperationAction(action) && strikes(fault, call)) return action;
    }
    return undefined;
  }
}

function strikes(fault: ArmedFault, call: Call): boolean {
  const { method, path, after = 0, times = 1 } = fault.request;
  if (method !== undefined && method.toUpperCase() !== call.method) return false;
  if (path && !path.test(call.path)) return false;
  fault.matched += 1;
  if (fault.matched <= after || (times > 0 && fault.struck >= times)) return false;
  fault.struck += 1;
  return true;
}
