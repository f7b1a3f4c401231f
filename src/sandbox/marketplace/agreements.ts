import { createHash } from 'node:crypto';
import { computed } from '../arm/common-shapes.ts';
import { ArmProblem } from '../arm/problem.ts';
import { readBody } from '../arm/read-body.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import { timestamp } from '../clock.ts';
import type { Answer } from '../http/exchange.ts';
import { flag, object, optional, readOnly, text } from '../shape.ts';
import type { World } from '../world.ts';

/** What is bought from the marketplace. `product` is the offer, `name` the plan. */
export interface PurchasePlan {
  readonly publisher: string;
  readonly product: string;
  readonly name: string;
}

const shape = object({
  ...computed,
  properties: object({
    publisher: optional(text),
    product: optional(text),
    plan: optional(text),
    licenseTextLink: optional(text),
    privacyPolicyLink: optional(text),
    marketplaceTermsLink: readOnly,
    retrieveDatetime: optional(text),
    signature: optional(text),
    accepted: optional(flag),
  }),
});

const keyOf = ({ publisher, product, name }: PurchasePlan): string => `${publisher}/${product}/${name}`.toLowerCase();
const planOf = (call: ArmCall): PurchasePlan => ({
  publisher: call.param('publisher'),
  product: call.param('offer'),
  name: call.param('plan'),
});
/** What a client sends back to show which terms it has seen. */
const signatureOf = (plan: PurchasePlan): string =>
  createHash('sha512').update(keyOf(plan)).digest('hex').toUpperCase();

/** True when the subscription has accepted the terms of the plan. */
export function hasAccepted(world: World, plan: PurchasePlan): boolean {
  return world.state.acceptedTerms.has(keyOf(plan));
}

function render(call: ArmCall, world: World): unknown {
  const plan = planOf(call);
  const { publisher, product, name } = plan;
  const terms = `https://mpcprodsa.blob.core.windows.net/legalterms/${publisher}/${product}/${name}`;
  return {
    id: `/subscriptions/${world.identity.subscriptionId}/providers/Microsoft.MarketplaceOrdering/offertypes/virtualmachine/publishers/${publisher}/offers/${product}/plans/${name}/agreements/current`,
    name,
    type: 'Microsoft.MarketplaceOrdering/offertypes',
    properties: {
      publisher,
      product,
      plan: name,
      licenseTextLink: `${terms}.txt`,
      privacyPolicyLink: `${terms}-privacy.txt`,
      marketplaceTermsLink: `${terms}-marketplace.txt`,
      retrieveDatetime: timestamp(world.clock.nowMs()),
      signature: signatureOf(plan),
      accepted: hasAccepted(world, plan),
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const { properties } = readBody(call, shape, 'resources');
  const plan = planOf(call);
  if (properties.signature !== signatureOf(plan))
    throw new ArmProblem(400, 'BadRequest', 'The signature of the terms is not the one that was given out with them.');
  if (properties.accepted === true) world.state.acceptedTerms.add(keyOf(plan));
  else world.state.acceptedTerms.delete(keyOf(plan));
  return { status: 200, body: render(call, world) };
}

const path =
  '/subscriptions/{subscriptionId}/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/{publisher}/offers/{offer}/plans/{plan}/agreements/current';

/** Terms of marketplace plans: https://learn.microsoft.com/rest/api/marketplaceordering/marketplace-agreements */
export const agreementRoutes: readonly Route[] = [
  {
    method: 'GET',
    path,
    family: 'marketplace',
    answer: (call, world) => ({ status: 200, body: render(call, world) }),
  },
  { method: 'PUT', path, family: 'marketplace', answer: put },
];
