import { STATUS_CODES } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { ArmProblem } from '../../arm/problem.ts';
import type { SandboxClock } from '../../clock.ts';
import type { DeploymentOperation } from '../deployment.ts';
import { maskText } from '../mask.ts';

/** Azure's word for a status: `NotFound` for 404. */
const wordFor = (status: number): string => (STATUS_CODES[status] ?? String(status)).replace(/[^A-Za-z]/g, '');

/** What a deployment does, as its list of operations shows it. */
export class OperationLog {
  readonly #operations: DeploymentOperation[];
  readonly #clock: SandboxClock;
  readonly #secrets: readonly string[];

  /** @param parts.secrets texts that no name may show */
  constructor(parts: {
    readonly operations: DeploymentOperation[];
    readonly clock: SandboxClock;
    readonly secrets: readonly string[];
  }) {
    this.#operations = parts.operations;
    this.#clock = parts.clock;
    this.#secrets = parts.secrets;
  }

  begin(
    kind: DeploymentOperation['kind'],
    requestId: string,
    target?: { readonly id: string; readonly type: string; readonly name: string },
  ): DeploymentOperation {
    const nowMs = this.#clock.nowMs();
    const operation: DeploymentOperation = {
      operationId: randomUUID().replaceAll('-', '').toUpperCase().slice(0, 16),
      kind,
      state: 'Running',
      startMs: nowMs,
      endMs: nowMs,
      requestId,
      statusCode: wordFor(202),
      ...(target ? { target: this.#shown(target) } : {}),
    };
    this.#operations.push(operation);
    return operation;
  }

  #shown({ id, type, name }: { readonly id: string; readonly type: string; readonly name: string }) {
    return { id: maskText(id, this.#secrets), resourceType: type, resourceName: maskText(name, this.#secrets) };
  }

  succeed(operation: DeploymentOperation, status: number): void {
    operation.state = 'Succeeded';
    operation.statusCode = wordFor(status);
    operation.endMs = this.#clock.nowMs();
  }

  fail(operation: DeploymentOperation, problem: ArmProblem): void {
    operation.state = 'Failed';
    operation.statusCode = wordFor(problem.status);
    operation.error = problem.body();
    operation.endMs = this.#clock.nowMs();
  }
}
