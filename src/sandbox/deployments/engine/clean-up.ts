import { randomUUID } from 'node:crypto';
import { ArmProblem } from '../../arm/problem.ts';
import type { Resource } from '../../state/resource.ts';
import type { World } from '../../world.ts';
import { deploymentFailed } from '../problems.ts';
import { isSame } from '../template/instance.ts';
import type { OperationLog } from './operation-log.ts';
import type { RunParts } from './run-deployment.ts';

/**
 * Mode Complete: removes what is in the resource group and not in the template. What another still uses goes in a later round.
 * https://learn.microsoft.com/azure/azure-resource-manager/templates/deployment-modes
 *
 * @throws ArmProblem `DeploymentFailed` for what could not be removed
 */
export async function cleanUp(parts: RunParts, log: OperationLog): Promise<void> {
  for (let left = superfluous(parts); left.length > 0; ) {
    const problems = await Promise.all(left.map((resource) => remove(parts, log, resource)));
    const failed = problems.filter((problem) => problem !== undefined);
    if (failed.length === left.length || parts.signal.aborted) throw deploymentFailed(parts.deployment.id, failed);
    left = failed.length === 0 ? [] : superfluous(parts);
  }
}

function superfluous({ world, plan }: RunParts): readonly Resource[] {
  const wanted = new Set(plan.instances.filter(({ isDeployed }) => isDeployed).map(({ id }) => id.toLowerCase()));
  const stays = (id: string): boolean => wanted.has(id.toLowerCase());
  return world.state
    .resources()
    .filter(({ group }) => isSame(group, plan.request.group?.name ?? ''))
    .filter(({ id, type }) => !isChild(type) && !stays(id) && !isDiskOf(world, id, stays));
}

/** Children go with their parents, and stay with them. */
const isChild = (type: string): boolean => type.split('/').length > 2;

/** The disk that came with a machine is not in its template. */
function isDiskOf({ state }: World, id: string, stays: (machine: string) => boolean): boolean {
  const machine = state.disks.get(id)?.machine;
  return machine !== undefined && stays(machine);
}

async function remove(parts: RunParts, log: OperationLog, resource: Resource): Promise<ArmProblem | undefined> {
  const { provider, deployment, signal } = parts;
  const { id, type, name } = resource;
  const operation = log.begin('DeploymentCleanup', randomUUID(), { id, type, name });
  try {
    const apiVersion = provider.newestVersion(id);
    const call = provider.callFor({ method: 'DELETE', id, apiVersion }, deployment.correlationId);
    const { status } = await provider.finish(call, { id, signal });
    log.succeed(operation, status);
    return undefined;
  } catch (error) {
    if (!(error instanceof ArmProblem)) throw error;
    log.fail(operation, error);
    return error;
  }
}
