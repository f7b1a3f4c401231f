import { randomUUID } from 'node:crypto';
import { acceptDelete, acceptPut, requireIdleNetwork } from '../arm/accept.ts';
import { tracked } from '../arm/common-shapes.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import { flag, list, object, optional, readOnly, text } from '../shape.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { refreshFirewalls } from './firewall.ts';
import { usersOfSubnet } from './links.ts';
import { inUse } from './problems.ts';
import { renderSubnet, type Subnet, subnetId, subnetShape } from './subnet.ts';
import { checkAddressSpace, checkSubnets } from './subnet-rules.ts';
import { resourceRoutes } from './resource-routes.ts';

export interface VirtualNetwork extends Resource {
  readonly addressPrefixes: readonly string[];
  readonly dnsServers?: readonly string[] | undefined;
  subnets: readonly Subnet[];
}

export const networkType = 'Microsoft.Network/virtualNetworks';

const shape = object({
  ...tracked,
  properties: object({
    addressSpace: object({ addressPrefixes: list(text), ipamPoolPrefixAllocations: readOnly }),
    subnets: optional(list(subnetShape)),
    dhcpOptions: optional(object({ dnsServers: optional(list(text)) })),
    enableDdosProtection: optional(flag),
    privateEndpointVNetPolicies: readOnly,
    virtualNetworkPeerings: readOnly,
    resourceGuid: readOnly,
    provisioningState: readOnly,
  }),
});

export function renderNetwork(network: VirtualNetwork, world: World): unknown {
  return {
    ...arm.renderBase(network),
    etag: `W/"${network.etag}"`,
    properties: {
      provisioningState: network.state,
      resourceGuid: arm.guidFor(network.id),
      addressSpace: { addressPrefixes: network.addressPrefixes },
      ...(network.dnsServers ? { dhcpOptions: { dnsServers: network.dnsServers } } : {}),
      subnets: network.subnets.map((subnet) => renderSubnet(network, subnet, world)),
      virtualNetworkPeerings: [],
      enableDdosProtection: false,
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const { properties, ...body } = readBody(call, shape, 'network');
  const existing = world.state.networks.get(arm.resourceIdOf(call, world, networkType));
  const base = arm.identify(call, world, { ...body, type: networkType, existing });
  requireIdleNetwork(call, world, base.id);
  const subnets = (properties.subnets ?? []).map(({ name, properties: subnet }) => ({
    name,
    etag: randomUUID(),
    properties: subnet,
  }));
  checkAddressSpace(properties.addressSpace.addressPrefixes);
  checkSubnets(world, base.id, properties.addressSpace.addressPrefixes, subnets);
  for (const gone of existing?.subnets ?? []) {
    const kept = subnets.find(({ name }) => name.toLowerCase() === gone.name.toLowerCase());
    if (!kept) refuseIfUsed(world, subnetId(base, gone));
  }
  const resource: VirtualNetwork = {
    ...base,
    state: 'Updating',
    addressPrefixes: properties.addressSpace.addressPrefixes,
    dnsServers: properties.dhcpOptions?.dnsServers,
    subnets,
  };
  return acceptPut(call, world, {
    kind: 'network.put',
    form: 'network',
    resource,
    collection: world.state.networks,
    isNew: !existing,
    render: (network) => renderNetwork(network, world),
    work: () => refreshFirewalls(world, { network: base.id }),
  });
}

/** @throws ArmProblem 400 when an interface lives in the subnet. */
export function refuseIfUsed(world: World, id: string): void {
  const [user] = usersOfSubnet(world, id);
  if (user !== undefined) throw inUse('Subnet', id, user);
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const network = world.state.networks.get(arm.resourceIdOf(call, world, networkType));
  if (!network) return { status: 204 };
  requireIdleNetwork(call, world, network.id);
  for (const subnet of network.subnets) refuseIfUsed(world, subnetId(network, subnet));
  return acceptDelete(call, world, {
    kind: 'network.delete',
    form: 'network',
    resource: network,
    collection: world.state.networks,
  });
}

export const networkRoutes = resourceRoutes({
  type: networkType,
  collection: (world) => world.state.networks,
  render: renderNetwork,
  put,
  remove,
});
