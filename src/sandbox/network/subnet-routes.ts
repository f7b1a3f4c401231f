import { randomUUID } from 'node:crypto';
import { acceptPut, requireIdleNetwork } from '../arm/accept.ts';
import { computed } from '../arm/common-shapes.ts';
import { operationHeaders } from '../arm/operation-answers.ts';
import { ArmProblem } from '../arm/problem.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import { object } from '../shape.ts';
import type { World } from '../world.ts';
import { refreshFirewalls } from './firewall.ts';
import { renderSubnet, type Subnet, subnetId, subnetPropertiesShape } from './subnet.ts';
import { checkSubnetChange, checkSubnetReferences, refuseIfUsed } from './subnet-changes.ts';
import { checkSubnets } from './subnet-rules.ts';
import { networkType, type VirtualNetwork } from './virtual-network.ts';

const shape = object({ ...computed, properties: subnetPropertiesShape });

const networkOf = (call: ArmCall, world: World): VirtualNetwork =>
  arm.requireResource(call, world, world.state.networks, networkType);

function findSubnet(network: VirtualNetwork, call: ArmCall): Subnet | undefined {
  return network.subnets.find(({ name }) => name.toLowerCase() === call.param('subnet').toLowerCase());
}

function requireSubnet(network: VirtualNetwork, call: ArmCall): Subnet {
  const subnet = findSubnet(network, call);
  if (!subnet)
    throw new ArmProblem(404, 'NotFound', `Resource ${subnetId(network, { name: call.param('subnet') })} not found.`);
  return subnet;
}

function put(call: ArmCall, world: World): Answer {
  const network = networkOf(call, world);
  const { properties } = readBody(call, shape, 'network');
  requireIdleNetwork(call, world, network.id);
  const existing = findSubnet(network, call);
  const subnet: Subnet = { name: existing?.name ?? call.param('subnet'), etag: randomUUID(), properties };
  const subnets = existing
    ? network.subnets.map((other) => (other === existing ? subnet : other))
    : [...network.subnets, subnet];
  checkSubnets(network.id, network.addressPrefixes, subnets);
  checkSubnetReferences(world, network, subnet);
  if (existing) checkSubnetChange(world, network, existing, subnet);
  network.subnets = subnets;
  network.state = 'Updating';
  return acceptPut(call, world, {
    kind: 'network.put',
    form: 'network',
    resource: network,
    collection: world.state.networks,
    isNew: !existing,
    render: () => renderSubnet(network, subnet, world),
    work: () => refreshFirewalls(world, { network: network.id }),
  });
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const network = world.state.networks.get(arm.resourceIdOf(call, world, networkType));
  const subnet = network && findSubnet(network, call);
  if (!network || !subnet) return { status: 204 };
  requireIdleNetwork(call, world, network.id);
  refuseIfUsed(world, subnetId(network, subnet));
  network.state = 'Updating';
  const operation = world.operations.start(call, {
    kind: 'network.delete',
    form: 'network',
    location: network.location,
    target: network.id,
    work: async () => undefined,
    settle(problem) {
      network.state = 'Succeeded';
      if (!problem) network.subnets = network.subnets.filter((other) => other !== subnet);
    },
  });
  return { status: 202, headers: operationHeaders(call, world, operation) };
}

const inNetwork =
  '/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/Microsoft.Network/virtualNetworks/{name}/subnets';
const one = `${inNetwork}/{subnet}`;

export const subnetRoutes: readonly Route[] = [
  { method: 'PUT', path: one, family: 'network', answer: put },
  {
    method: 'GET',
    path: one,
    family: 'network',
    answer(call, world) {
      const network = networkOf(call, world);
      return { status: 200, body: renderSubnet(network, requireSubnet(network, call), world) };
    },
  },
  { method: 'DELETE', path: one, family: 'network', answer: remove },
  {
    method: 'GET',
    path: inNetwork,
    family: 'network',
    answer(call, world) {
      const network = networkOf(call, world);
      return { status: 200, body: { value: network.subnets.map((subnet) => renderSubnet(network, subnet, world)) } };
    },
  },
];
