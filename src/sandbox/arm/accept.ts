import type { Answer } from '../http/exchange.ts';
import type { Collection } from '../state/collection.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import type { OperationKind } from './latencies.ts';
import type { OperationForm } from './operation.ts';
import { operationHeaders } from './operation-answers.ts';
import type { ArmProblem } from './problem.ts';
import { ArmProblem as Problem } from './problem.ts';
import type { ArmCall } from './route.ts';

interface Change<T extends Resource> {
  readonly kind: OperationKind;
  readonly form: OperationForm;
  readonly resource: T;
  readonly collection: Collection<T>;
  /** Real work, none by default. */
  readonly work?: (signal: AbortSignal) => Promise<void>;
  /** Called at the end, after the state has been set. */
  readonly after?: (problem: ArmProblem | undefined) => void | Promise<void>;
}

/** Stores the resource and starts the operation that makes it `Succeeded` or `Failed`: 201 for a new one, else 200. */
export function acceptPut<T extends Resource>(
  call: ArmCall,
  world: World,
  change: Change<T> & { readonly isNew: boolean; readonly render: (resource: T) => unknown; readonly status?: number },
): Answer {
  const { resource, collection, kind, form } = change;
  collection.set(resource);
  const operation = world.operations.start(call, {
    kind,
    form,
    location: resource.location,
    target: resource.id,
    work: change.work ?? (async () => undefined),
    settle: async (problem) => {
      resource.state = problem ? 'Failed' : 'Succeeded';
      await change.after?.(problem);
    },
  });
  return {
    status: change.status ?? (change.isNew ? 201 : 200),
    headers: operationHeaders(call, world, operation),
    body: change.render(resource),
  };
}

/** Starts the operation that removes the resource: 202. Joins a removal that is already going on. */
export function acceptDelete<T extends Resource>(call: ArmCall, world: World, change: Change<T>): Answer {
  const { resource, collection, kind, form } = change;
  const under = world.operations.running(resource.id);
  const joined = under.find(
    (operation) => operation.kind === kind && operation.method === 'DELETE' && !operation.hangs,
  );
  if (joined) return { status: 202, headers: operationHeaders(call, world, joined) };
  const before = resource.state;
  resource.state = 'Deleting';
  const operation = world.operations.start(call, {
    kind,
    form,
    location: resource.location,
    target: resource.id,
    work: change.work ?? (async () => undefined),
    settle: async (problem) => {
      if (problem) resource.state = before === 'Succeeded' ? 'Succeeded' : 'Failed';
      else collection.delete(resource.id);
      await change.after?.(problem);
    },
  });
  return { status: 202, headers: operationHeaders(call, world, operation) };
}

/**
 * Microsoft.Network changes one resource at a time. A DELETE ends an operation that a fault keeps for ever.
 *
 * @throws ArmProblem 409 `AnotherOperationInProgress`.
 */
export function requireIdleNetwork(call: ArmCall, world: World, id: string): void {
  for (const operation of world.operations.running(id)) {
    if (call.method === 'DELETE' && operation.method === 'DELETE' && !operation.hangs) continue;
    if (call.method === 'DELETE' && operation.hangs) {
      world.operations.preempt(operation, `DELETE ${id}`);
      continue;
    }
    throw new Problem(
      409,
      'AnotherOperationInProgress',
      `Another operation on this or dependent resource is in progress. To retrieve status of the operation use uri: ${world.endpoint}/subscriptions/${world.identity.subscriptionId}/providers/Microsoft.Network/locations/${operation.location}/operations/${operation.name}?api-version=${call.apiVersion}.`,
    );
  }
}
