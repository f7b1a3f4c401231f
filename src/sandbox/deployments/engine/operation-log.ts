import { STATUS_CODES } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { ArmProblem } from '../../arm/problem.ts';
import type { SandboxClock } from '../../clock.ts';
import type { DeploymentOperation } from '../deployment.ts';

/** Azure's word for a status: `NotFound` for 404. */
const wordFor = (status: number): string => (STATUS_CODES[status] ?? String(status)).replace(/[^A-Za-z]/g, '');

/** What a deployment does, as its list of operations shows it. */
export class OperationLog {
  readonly #operations: DeploymentOperation[];
  readonly #clock: SandboxClock;

  constructor(operations: DeploymentOperation[], clock: SandboxClock) {
    this.#operations = operations;
    this.#clock = clock;
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
      ...(target ? { target: { id: target.id, resourceType: target.type, resourceName: target.name } } : {}),
    };
    this.#operations.push(operation);
    return operation;
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
