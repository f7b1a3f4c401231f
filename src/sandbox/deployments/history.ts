import type { World } from '../world.ts';
import type { Deployment } from './deployment.ts';
import { isSame } from './template/instance.ts';

/**
 * Deployments that are remembered at each scope. Azure keeps 800 and clears them away by itself:
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-history-deletions
 */
const remembered = 100;

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
  const all = deploymentsOf(world, newest.group);
  const ended = all.filter((one) => one !== newest && !isActive(one)).sort((one, other) => one.startMs - other.startMs);
  for (const { id } of ended.slice(0, Math.max(0, all.length - remembered))) world.state.deployments.delete(id);
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
