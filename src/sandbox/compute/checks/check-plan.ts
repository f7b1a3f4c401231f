import { ArmProblem } from '../../arm/problem.ts';
import { hasAccepted, type PurchasePlan } from '../../marketplace/agreements.ts';
import type { Resource } from '../../state/resource.ts';
import type { World } from '../../world.ts';
import type { ImageSource } from '../image-source/image-source.ts';
import type { Plan } from '../machine-shape.ts';

/**
 * An image of the marketplace needs its plan in the machine, and that the subscription has accepted its terms.
 *
 * @throws ArmProblem 400 `VMMarketplaceInvalidInput`, `MarketplacePurchaseEligibilityFailed`
 */
export function checkPlan(world: World, machine: Resource, given: Plan | undefined, source: ImageSource): void {
  const { plan } = source;
  if (!plan) {
    if (given)
      throw refused(`The purchase plan information is not valid for an image without a plan. VM: '${machine.id}'.`);
    return;
  }
  if (!given)
    throw refused(
      `Creating a virtual machine from Marketplace image or a custom image sourced from a Marketplace image requires Plan information in the request. VM: '${machine.id}'.`,
    );
  const { publisher = '', product = '', name = '' } = given;
  if (!isSame(plan, { publisher, product, name }))
    throw refused(
      `The purchase plan '${publisher}:${product}:${name}' does not match the plan '${plan.publisher}:${plan.product}:${plan.name}' of the image. VM: '${machine.id}'.`,
    );
  if (!hasAccepted(world, plan))
    throw new ArmProblem(
      400,
      'MarketplacePurchaseEligibilityFailed',
      `Marketplace purchase eligibility check returned errors. Offer with PublisherId: '${plan.publisher}', OfferId: '${plan.product}' cannot be purchased due to validation errors: Legal terms have not been accepted for this item on this subscription. To accept legal terms, see https://go.microsoft.com/fwlink/?linkid=2110637. Offer details: publisher='${plan.publisher}' offer='${plan.product}' sku='${plan.name}'.`,
    );
}

function isSame(one: PurchasePlan, other: PurchasePlan): boolean {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  return same(one.publisher, other.publisher) && same(one.product, other.product) && same(one.name, other.name);
}

const refused = (message: string) => new ArmProblem(400, 'VMMarketplaceInvalidInput', message);
