import type { World } from '../world.ts';
import type { Deployment } from './deployment.ts';
import { isSame } from './template/instance.ts';

/**
 * Deployments that are remembered at each scope. Azure keeps 800 and clears them away by itself:
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-history-deletions
 */
const remembered = 100;

/** And no more than so much of them all together, since the state's file is written as a whole. */
const rememberedBytes = 16 * 1024 * 1024;

/** True for one that has not ended. */
export const isActive = ({ state }: Deployment): boolean => state === 'Accepted' || state === 'Running';

/** Deployments of a resource group, or without one those of the subscription, newest last. */
export function deploymentsOf(world: World, group: string | undefined): readonly Deployment[] {
  return world.state.deployments.list((one) =>
    group === undefined ? one.group === undefined : one.group !== undefined && isSame(one.group, group),
  );
}

/** Clears away the oldest that have ended, beside the newest. */
export function forgetOldest(world: World, newest: Deployment): void {
  const others = deploymentsOf(world, newest.group).filter((one) => one !== newest);
  const ended = others.filter((one) => !isActive(one)).sort((one, other) => other.startMs - one.startMs);
  let count = 1 + others.length - ended.length;
  let { bytes } = newest;
  for (const one of ended) {
    count += 1;
    bytes += one.bytes;
    if (count > remembered || bytes > rememberedBytes) world.state.deployments.delete(one.id);
  }
}

/** What a process that has ended leaves behind is not going on. */
export function stopDeployment(deployment: Deployment): void {
  if (!isActive(deployment) && deployment.state !== 'Deleting') return;
  deployment.state = 'Failed';
  deployment.error = {
    code: 'InternalServerError',
    message: 'The sandbox was stopped while this deployment was under way.',
  };
}
