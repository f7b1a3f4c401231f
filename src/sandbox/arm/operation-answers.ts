import { timestamp } from '../clock.ts';
import type { Answer } from '../http/exchange.ts';
import type { World } from '../world.ts';
import { retryAfter } from './latencies.ts';
import type { Operation } from './operation.ts';
import { ArmProblem } from './problem.ts';
import type { ArmCall } from './route.ts';

/** Without latencies a poll waits this long for the end, in milliseconds, so that clients need not sleep. */
const pollHoldMs = 1000;

/** Headers of the answer that accepts an operation: where to poll it, and when. */
export function operationHeaders(
  call: Pick<ArmCall, 'method' | 'apiVersion'>,
  world: World,
  operation: Operation,
): Record<string, string> {
  const { async, result } = addresses(call, world, operation);
  const location = call.method === 'PUT' && operation.form !== 'disk' ? {} : { location: result };
  // A deletion of theirs tells no more than that it is done.
  const isSilent = operation.form === 'group' || (operation.form === 'deployment' && call.method === 'DELETE');
  return {
    ...(isSilent ? {} : { 'azure-asyncoperation': async }),
    ...(call.method === 'PATCH' ? {} : location),
    ...retryAfter(operation.kind, 'first', world.settings.latency),
  };
}

function addresses(
  call: Pick<ArmCall, 'apiVersion'>,
  world: World,
  { form, location, name, target }: Operation,
): Record<'async' | 'result', string> {
  const subscription = `${world.endpoint}/subscriptions/${world.identity.subscriptionId}`;
  const query = `api-version=${call.apiVersion}`;
  switch (form) {
    case 'group':
      return { async: '', result: `${subscription}/operationresults/${name}?${query}` };
    case 'network': {
      const base = `${subscription}/providers/Microsoft.Network/locations/${location}`;
      return { async: `${base}/operations/${name}?${query}`, result: `${base}/operationResults/${name}?${query}` };
    }
    case 'deployment':
      return {
        async: `${world.endpoint}${target}/operationStatuses/${name}?${query}`,
        result: `${subscription}/operationresults/${name}?${query}`,
      };
    default: {
      const kind = { disk: 'DiskOperations', gallery: 'capsOperations', compute: 'operations' }[form];
      const base = `${subscription}/providers/Microsoft.Compute/locations/${location}/${kind}/${name}`;
      return { async: `${base}?${query}`, result: `${base}?monitor=true&${query}` };
    }
  }
}

/** Answers a poll of `Azure-AsyncOperation`: always 200, the outcome in the body. */
export async function answerStatus(call: ArmCall, world: World): Promise<Answer> {
  if (call.query.get('monitor') === 'true') return answerResult(call, world);
  const operation = await polled(call, world);
  const { status, problem, form, name, startMs, endMs } = operation;
  const times = {
    startTime: timestamp(startMs),
    ...(endMs === undefined ? {} : { endTime: timestamp(endMs) }),
    status,
    ...(problem ? { error: problem.body() } : {}),
    name,
  };
  const body =
    form === 'network' ? { status, ...(problem ? { error: { ...problem.body(), details: [] } } : {}) } : times;
  const wait = status === 'InProgress' ? retryAfter(operation.kind, 'poll', world.settings.latency) : {};
  return { status: 200, headers: wait, body };
}

/** Answers a poll of `Location`: 202 while it runs, then what a synchronous request would have been answered. */
export async function answerResult(call: ArmCall, world: World): Promise<Answer> {
  const operation = await polled(call, world);
  if (operation.status === 'InProgress')
    return {
      status: 202,
      headers: {
        location: `${world.endpoint}${call.target}`,
        ...retryAfter(operation.kind, 'poll', world.settings.latency),
      },
    };
  if (operation.problem) throw operation.problem;
  if (operation.result !== undefined) return { status: 200, body: operation.result };
  return { status: operation.method === 'DELETE' && operation.form !== 'group' ? 204 : 200 };
}

/** The operation that a poll is about, which waits a little for its end. @throws ArmProblem 404 */
export async function polled(call: ArmCall, world: World): Promise<Operation> {
  const name = call.param('operationId');
  const operation = world.operations.get(name);
  if (!operation) throw new ArmProblem(404, 'NotFound', `The operation '${name}' was not found.`);
  if (operation.status === 'InProgress' && world.settings.latency.profile === 'none') {
    const stop = new AbortController();
    await Promise.race([operation.ended, world.clock.sleep(pollHoldMs, stop.signal).catch(() => undefined)]);
    stop.abort();
  }
  return operation;
}
