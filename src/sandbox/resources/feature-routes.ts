import { ArmProblem } from '../arm/problem.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import type { World } from '../world.ts';

/** Features that a subscription must be registered for before it can use them, as far as the sandbox plays any. */
const features = ['Microsoft.Compute/EncryptionAtHost'] as const;

export type Feature = (typeof features)[number];

/** True when the subscription is registered for the feature. */
export function isRegistered(world: World, feature: Feature): boolean {
  return world.state.features.has(feature);
}

function find(call: ArmCall): Feature {
  const wanted = `${call.param('namespace')}/${call.param('feature')}`;
  const found = features.find((feature) => feature.toLowerCase() === wanted.toLowerCase());
  if (found === undefined)
    throw new ArmProblem(404, 'FeatureNotFound', `The feature '${call.param('feature')}' could not be found.`);
  return found;
}

function render(feature: Feature, world: World): unknown {
  const [namespace, name] = feature.split('/');
  return {
    id: `/subscriptions/${world.identity.subscriptionId}/providers/Microsoft.Features/providers/${namespace}/features/${name}`,
    name: feature,
    type: 'Microsoft.Features/providers/features',
    properties: { state: isRegistered(world, feature) ? 'Registered' : 'NotRegistered' },
  };
}

const inProvider = '/subscriptions/{subscriptionId}/providers/Microsoft.Features/providers/{namespace}/features';
const one = `${inProvider}/{feature}`;

/** Registration takes effect at once here; Azure takes minutes to hours. https://learn.microsoft.com/rest/api/resources/features */
export const featureRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: one,
    family: 'features',
    answer: (call, world) => ({ status: 200, body: render(find(call), world) }),
  },
  {
    method: 'POST',
    path: `${one}/register`,
    family: 'features',
    answer(call, world) {
      const feature = find(call);
      world.state.features.add(feature);
      return { status: 200, body: render(feature, world) };
    },
  },
  {
    method: 'POST',
    path: `${one}/unregister`,
    family: 'features',
    answer(call, world) {
      const feature = find(call);
      world.state.features.delete(feature);
      return { status: 200, body: render(feature, world) };
    },
  },
  {
    method: 'GET',
    path: inProvider,
    family: 'features',
    answer(call, world) {
      const prefix = `${call.param('namespace').toLowerCase()}/`;
      const found = features.filter((feature) => feature.toLowerCase().startsWith(prefix));
      return { status: 200, body: { value: found.map((feature) => render(feature, world)) } };
    },
  },
];
