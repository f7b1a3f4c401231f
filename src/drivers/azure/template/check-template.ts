import { PreCreateCheckError } from '../../../errors/pre-create-check-error.ts';
import type { AzureMachine } from '../azure-machine.ts';
import { findObstacle, tellObstacle } from '../catalogue/obstacle.ts';
import { checkName } from '../check.ts';
import { checkSize } from '../check-size.ts';
import { checkFit } from '../checks/check-compute.ts';
import { checkIdentities } from '../checks/check-identities.ts';
import { checkProximityGroup } from '../checks/check-placement.ts';
import { checkSecurityGroup } from '../checks/check-security-group.ts';
import type { Warn } from '../checks/warn.ts';
import type { ImageFacts } from '../image-facts/image-facts.ts';
import { sizeWish } from '../size-steps.ts';

/**
 * As the check of a creation, but for what may be otherwise when the template is deployed: quotas, names that are taken, what there is
 * in the network.
 *
 * @throws PreCreateCheckError, UsageError, LoginError; the first one found
 */
export async function checkTemplate(
  machine: AzureMachine,
  findImage: () => Promise<ImageFacts>,
  warn: Warn,
): Promise<void> {
  await machine.session.verify();
  const checks = [
    checkName(machine),
    checkOffer(machine, findImage, warn),
    findImage(),
    checkFit(machine, findImage),
    checkProximityGroup(machine),
    checkIdentities(machine),
    checkSecurityGroup(machine, warn),
  ];
  const results = await Promise.allSettled(checks);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw forTemplate(failed.reason);
}

async function checkOffer(machine: AzureMachine, findImage: () => Promise<ImageFacts>, warn: Warn): Promise<void> {
  const catalogue = await machine.sizes();
  const wish = sizeWish(machine);
  const obstacle = catalogue && catalogue.sizes.length > 0 ? findObstacle(wish, catalogue) : undefined;
  if (catalogue === undefined || obstacle?.kind !== 'quota') return checkSize(machine, findImage);
  warn(`${tellObstacle(obstacle, wish, catalogue.location)}. It has to have them when the template is deployed.`);
}

/** The same with next steps that write templates. */
function forTemplate(error: unknown): unknown {
  if (!(error instanceof PreCreateCheckError)) return error;
  const { message, resource, azure, details, nextSteps } = error;
  return new PreCreateCheckError(message, {
    details,
    nextSteps: nextSteps.map(({ label, command }) => ({
      label,
      command: command.replace(/^azdock create /, 'azdock template '),
    })),
    cause: error,
    ...(resource === undefined ? {} : { resource }),
    ...(azure === undefined ? {} : { azure }),
  });
}
