import { apiVersions, type Family } from '../arm/api-versions.ts';
import { ArmProblem } from '../arm/problem.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import type { World } from '../world.ts';
import { locations } from './locations.ts';

const types: Readonly<Record<string, readonly (readonly [string, Family])[]>> = {
  'Microsoft.Compute': [
    ['virtualMachines', 'compute'],
    ['virtualMachines/extensions', 'compute'],
    ['availabilitySets', 'compute'],
    ['disks', 'disks'],
    ['proximityPlacementGroups', 'compute'],
    ['images', 'compute'],
    ['galleries', 'galleries'],
    ['galleries/images', 'galleries'],
    ['galleries/images/versions', 'galleries'],
  ],
  'Microsoft.Network': [
    ['virtualNetworks', 'network'],
    ['networkSecurityGroups', 'network'],
    ['publicIPAddresses', 'network'],
    ['networkInterfaces', 'network'],
    ['routeTables', 'network'],
    ['natGateways', 'network'],
  ],
  'Microsoft.ManagedIdentity': [['userAssignedIdentities', 'identities']],
  'Microsoft.MarketplaceOrdering': [['offertypes', 'marketplace']],
  'Microsoft.Features': [['features', 'features']],
  'Microsoft.Resources': [
    ['resourceGroups', 'resources'],
    ['deployments', 'deployments'],
  ],
};

const registrationFree = new Set(['Microsoft.Resources', 'Microsoft.Features', 'Microsoft.MarketplaceOrdering']);

function render(namespace: string, world: World): unknown {
  return {
    id: `/subscriptions/${world.identity.subscriptionId}/providers/${namespace}`,
    namespace,
    registrationPolicy: registrationFree.has(namespace) ? 'RegistrationFree' : 'RegistrationRequired',
    registrationState: world.state.unregistered.has(namespace) ? 'NotRegistered' : 'Registered',
    resourceTypes: (types[namespace] ?? []).map(([resourceType, family]) => ({
      resourceType,
      locations: locations.map(({ displayName }) => displayName),
      apiVersions: apiVersions[family],
      capabilities: 'SupportsTags, SupportsLocation',
    })),
  };
}

function find(call: ArmCall): string {
  const wanted = call.param('namespace').toLowerCase();
  const found = Object.keys(types).find((namespace) => namespace.toLowerCase() === wanted);
  if (found === undefined)
    throw new ArmProblem(
      404,
      'InvalidResourceNamespace',
      `The resource namespace '${call.param('namespace')}' is invalid.`,
    );
  return found;
}

function register(call: ArmCall, world: World): Answer {
  const namespace = find(call);
  world.state.unregistered.delete(namespace);
  return { status: 200, body: render(namespace, world) };
}

function unregister(call: ArmCall, world: World): Answer {
  const namespace = find(call);
  world.state.unregistered.add(namespace);
  return { status: 200, body: render(namespace, world) };
}

const all = '/subscriptions/{subscriptionId}/providers';

export const providerRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: all,
    family: 'resources',
    answer: (_call, world) => ({
      status: 200,
      body: { value: Object.keys(types).map((namespace) => render(namespace, world)) },
    }),
  },
  {
    method: 'GET',
    path: `${all}/{namespace}`,
    family: 'resources',
    answer: (call, world) => ({ status: 200, body: render(find(call), world) }),
  },
  { method: 'POST', path: `${all}/{namespace}/register`, family: 'resources', answer: register },
  { method: 'POST', path: `${all}/{namespace}/unregister`, family: 'resources', answer: unregister },
];
