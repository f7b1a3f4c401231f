import { randomUUID } from 'node:crypto';
import { acceptDelete, acceptPut, requireIdleNetwork } from '../arm/accept.ts';
import { tracked } from '../arm/common-shapes.ts';
import { ArmProblem } from '../arm/problem.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import { notPlayed } from '../compute/not-played.ts';
import type { Answer } from '../http/exchange.ts';
import { flag, integer, list, object, optional, readOnly, text } from '../shape.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { refreshFirewalls } from './firewall.ts';
import { checkName } from './resource-name.ts';
import { resourceRoutes } from './resource-routes.ts';
import { renderSubnet, type Subnet, subnetId, subnetShape } from './subnet.ts';
import { checkSubnetChange, checkSubnetReferences, refuseIfUsed } from './subnet-changes.ts';
import { checkAddressSpace, checkSubnets } from './subnet-rules.ts';

export interface VirtualNetwork extends Resource {
  readonly addressPrefixes: readonly string[];
  readonly dnsServers?: readonly string[] | undefined;
  readonly flowTimeoutInMinutes?: number | undefined;
  subnets: readonly Subnet[];
}

export const networkType = 'Microsoft.Network/virtualNetworks';

const shape = object({
  ...tracked,
  extendedLocation: notPlayed('extended locations'),
  properties: object({
    addressSpace: object({ addressPrefixes: list(text), ipamPoolPrefixAllocations: readOnly }),
    subnets: optional(list(subnetShape)),
    dhcpOptions: optional(object({ dnsServers: optional(list(text)) })),
    flowTimeoutInMinutes: optional(integer),
    enableDdosProtection: optional(flag),
    ddosProtectionPlan: notPlayed('DDoS protection plans'),
    bgpCommunities: notPlayed('BGP communities'),
    encryption: notPlayed('encryption of virtual networks'),
    ipAllocations: notPlayed('IP allocations'),
    virtualNetworkPeerings: notPlayed('peerings of virtual networks'),
    privateEndpointVNetPolicies: readOnly,
    flowLogs: readOnly,
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
      ...(network.flowTimeoutInMinutes === undefined ? {} : { flowTimeoutInMinutes: network.flowTimeoutInMinutes }),
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
  checkName(base.name);
  requireIdleNetwork(call, world, base.id);
  const subnets = (properties.subnets ?? []).map(({ name, properties: subnet }) => ({
    name,
    etag: randomUUID(),
    properties: subnet,
  }));
  const { addressPrefixes } = properties.addressSpace;
  checkProtection(base.id, properties.enableDdosProtection);
  checkAddressSpace(base.id, addressPrefixes);
  checkSubnets(base.id, addressPrefixes, subnets);
  for (const subnet of subnets) checkSubnetReferences(world, base, subnet);
  for (const before of existing?.subnets ?? []) {
    const after = subnets.find(({ name }) => name.toLowerCase() === before.name.toLowerCase());
    if (after) checkSubnetChange(world, base, before, after);
    else refuseIfUsed(world, subnetId(base, before));
  }
  const resource: VirtualNetwork = {
    ...base,
    state: 'Updating',
    addressPrefixes,
    dnsServers: properties.dhcpOptions?.dnsServers,
    flowTimeoutInMinutes: properties.flowTimeoutInMinutes,
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

function checkProtection(id: string, wanted: boolean | undefined): void {
  if (wanted === true)
    throw new ArmProblem(
      400,
      'DdosProtectionPlanNotSpecified',
      `DDoS protection of ${id} can be enabled only with a DDoS protection plan.`,
    );
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
