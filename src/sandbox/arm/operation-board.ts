import { randomUUID } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';
import type { FaultBoard } from '../faults/fault-board.ts';
import type { Call } from '../http/exchange.ts';
import type { Settings } from '../settings.ts';
import { latencyMs, type OperationKind } from './latencies.ts';
import type { Operation, OperationForm } from './operation.ts';
import { ArmProblem } from './problem.ts';

export interface Plan {
  readonly kind: OperationKind;
  readonly form: OperationForm;
  readonly location: string;
  /** Id of the resource that changes. */
  readonly target: string;
  /** The real work. It takes part in the operation's duration; a rejection makes the operation fail. */
  readonly work: (signal: AbortSignal) => Promise<void>;
  /** Called once at the end, before clients can see it: the resource's state follows. Not called after {@link OperationBoard.preempt}. */
  readonly settle: (problem: ArmProblem | undefined) => void | Promise<void>;
  /** What the operation gives, once it has succeeded. */
  readonly result?: () => unknown;
}

/** Oldest finished operations are forgotten beyond this many. */
const remembered = 20_000;

/** All long-running operations of this process. */
export class OperationBoard {
  readonly #operations = new Map<string, Operation>();
  readonly #live = new Set<Operation>();
  readonly #clock: SandboxClock;
  readonly #settings: Settings;
  readonly #faults: FaultBoard;
  readonly #afterEnd: () => Promise<void>;

  constructor(parts: {
    readonly clock: SandboxClock;
    readonly settings: Settings;
    readonly faults: FaultBoard;
    /** Called after each end: saves the state. */
    readonly afterEnd: () => Promise<void>;
  }) {
    this.#clock = parts.clock;
    this.#settings = parts.settings;
    this.#faults = parts.faults;
    this.#afterEnd = parts.afterEnd;
  }

  get(name: string): Operation | undefined {
    return this.#operations.get(name);
  }

  list(): Operation[] {
    return [...this.#operations.values()];
  }

  /** Operations that have not ended, on that resource or below it. */
  running(target: string): Operation[] {
    const id = target.toLowerCase();
    return [...this.#live].filter(({ target: other }) => `${other.toLowerCase()}/`.startsWith(`${id}/`));
  }

  /** Accepts an operation and lets it run. */
  start(call: Call, plan: Plan): Operation {
    const { promise, resolve } = Promise.withResolvers<void>();
    const operation: Operation = {
      name: randomUUID(),
      kind: plan.kind,
      form: plan.form,
      method: call.method,
      location: plan.location,
      target: plan.target,
      startMs: this.#clock.nowMs(),
      status: 'InProgress',
      abort: new AbortController(),
      ended: promise,
      hangs: false,
    };
    this.#operations.set(operation.name, operation);
    this.#live.add(operation);
    this.#forget();
    call.operation = operation.name;
    operation.abort.signal.addEventListener('abort', () => resolve());
    void this.#run(operation, plan, this.#faults.strikeOperation(call)).then(resolve);
    return operation;
  }

  /** Lets nothing go on or end any more: the process is about to. */
  stop(): void {
    for (const { abort } of this.#live) abort.abort();
    this.#live.clear();
  }

  /** Forgets all operations. */
  clear(): void {
    this.#operations.clear();
    this.#live.clear();
  }

  /** Ends the operation at once because a later request overrides it. Its work may still be going on. */
  preempt(operation: Operation, by: string): void {
    if (!this.#live.delete(operation)) return;
    operation.status = 'Canceled';
    operation.endMs = this.#clock.nowMs();
    operation.problem = new ArmProblem(
      409,
      'OperationPreempted',
      `The operation has been preempted by a more recent operation (${by}).`,
    );
    operation.abort.abort();
  }

  async #run(operation: Operation, plan: Plan, fault: ReturnType<FaultBoard['strikeOperation']>): Promise<void> {
    const { signal } = operation.abort;
    const least = this.#clock.sleep(latencyMs(plan.kind, this.#settings.latency), signal).catch(() => undefined);
    if (fault?.operation === 'hang') {
      operation.hangs = true;
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
    }
    const work =
      fault?.operation === 'fail'
        ? Promise.reject(new ArmProblem(409, fault.code, fault.message))
        : Promise.resolve().then(() => plan.work(signal));
    const problem = await work.then(() => undefined, parseProblem);
    await least;
    if (signal.aborted) return;
    try {
      await plan.settle(problem);
    } catch (error) {
      operation.problem = parseProblem(error);
    }
    this.#live.delete(operation);
    operation.endMs = this.#clock.nowMs();
    if (problem) operation.problem = problem;
    operation.status = operation.problem ? 'Failed' : 'Succeeded';
    if (!operation.problem) operation.result = plan.result?.();
    await this.#afterEnd();
  }

  #forget(): void {
    if (this.#operations.size <= remembered) return;
    for (const [name, { status }] of this.#operations) {
      if (status !== 'InProgress') {
        this.#operations.delete(name);
        return;
      }
    }
  }
}

function parseProblem(error: unknown): ArmProblem {
  if (error instanceof ArmProblem) return error;
  return new ArmProblem(500, 'InternalServerError', error instanceof Error ? error.message : String(error));
}
