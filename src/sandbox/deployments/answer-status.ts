import { retryAfter } from '../arm/latencies.ts';
import { polled } from '../arm/operation-answers.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import type { World } from '../world.ts';

/** Answers a poll of a deployment: always 200, `Accepted`, `Running`, or how it ended. */
export async function answerDeploymentStatus(call: ArmCall, world: World): Promise<Answer> {
  const operation = await polled(call, world);
  const { status, problem, kind, target } = operation;
  if (status === 'InProgress') {
    const { state = 'Running' } = world.state.deployments.get(target) ?? {};
    return { status: 200, headers: retryAfter(kind, 'poll', world.settings.latency), body: { status: state } };
  }
  return { status: 200, body: { status, ...(problem ? { error: problem.body() } : {}) } };
}
