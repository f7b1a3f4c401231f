import type { NextStep } from '../../errors/azdock-error.ts';
import { PreCreateCheckError } from '../../errors/pre-create-check-error.ts';
import type { AzureMachine } from './azure-machine.ts';
import { BOUND_TO_PLACE, tryWith } from './checks/refusal.ts';
import { requireLocation } from './catalogue/locations.ts';
import { findObstacle, type ImageNeeds, tellObstacle } from './catalogue/obstacle.ts';
import type { AzureOptions } from './options.ts';
import { sizeSteps, sizeWish } from './size-steps.ts';
import { unlessForbidden } from './unless-forbidden.ts';

/**
 * The size has to be offered in the region, and in the zone, to this subscription, and its vCPUs have to fit into the quotas of
 * its family, of the region, or of Spot. What Azure does not tell this login is left to the creation.
 *
 * @param findImage asked when the size will not do, so that sizes are named that can run the image
 * @throws PreCreateCheckError, which names sizes most like the one asked for; UsageError when the region is none
 */
export async function checkSize(machine: AzureMachine, findImage: () => Promise<ImageNeeds>): Promise<void> {
  const { name, options } = machine;
  const catalogue = await machine.sizes();
  if (catalogue === undefined) return;
  if (catalogue.sizes.length === 0) {
    await unlessForbidden(() => requireLocation(machine));
    return;
  }
  const wish = sizeWish(machine);
  const obstacle = findObstacle(wish, catalogue);
  if (obstacle === undefined) return;
  // An image that is not there is told by the check that asks for it first.
  const image = await findImage().catch(() => undefined);
  throw new PreCreateCheckError(`${tellObstacle(obstacle, wish, catalogue.location)}.`, {
    resource: options.size,
    nextSteps: [...(await sizeSteps(machine, image)), elsewhere(name, options)],
  });
}

/** A large region that is not the one asked for. */
function elsewhere(machine: string, { location }: AzureOptions): NextStep {
  const other = /^north ?europe$/i.test(location) ? 'westeurope' : 'northeurope';
  return tryWith(machine, 'Another region', `--azure-location ${other}`, ...BOUND_TO_PLACE);
}
