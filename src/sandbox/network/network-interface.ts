import { acceptDelete, acceptPut, requireIdleNetwork } from '../arm/accept.ts';
import { ArmProblem } from '../arm/problem.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { refreshFirewalls } from './firewall.ts';
import { checkReferences } from './interface-references.ts';
import { type InterfaceProperties, interfaceShape, type IpConfiguration } from './interface-shape.ts';
import { checkInternalName } from './internal-name.ts';
import { checkConfigurations, primaryOf } from './ip-configurations.ts';
import { assignPrivateAddresses } from './private-address.ts';
import { interfaceInUse, interfaceReserved } from './problems.ts';
import { renderInterface } from './render-interface.ts';
import { checkName } from './resource-name.ts';
import { resourceRoutes } from './resource-routes.ts';

export interface NetworkInterface extends Resource {
  readonly properties: InterfaceProperties;
  /** One for each IP configuration, in order. */
  readonly privateAddresses: readonly string[];
  readonly macAddress: string;
  /** Id of the virtual machine it is attached to. */
  machine?: string;
  /** After a failed creation Azure keeps the interface for that machine a while. */
  reservation?: { readonly machine: string; readonly untilMs: number };
}

export const interfaceType = 'Microsoft.Network/networkInterfaces';

function put(call: ArmCall, world: World): Answer {
  const body = readBody(call, interfaceShape, 'network');
  const existing = world.state.interfaces.get(arm.resourceIdOf(call, world, interfaceType));
  const base = arm.identify(call, world, { ...body, type: interfaceType, existing });
  checkName(base.name);
  requireIdleNetwork(call, world, base.id);
  checkConfigurations(base.id, body.properties);
  checkReferences(world, base, body.properties);
  checkInternalName(world, base, body.properties);
  const resource: NetworkInterface = {
    ...base,
    // Azure makes an interface at once: the first answer already says so (184 of 207 recorded creations).
    state: existing ? 'Updating' : 'Succeeded',
    properties: body.properties,
    privateAddresses: assignPrivateAddresses(world, base.id, body.properties.ipConfigurations, existing),
    macAddress: existing?.macAddress ?? macFor(base.id),
    ...(existing?.machine === undefined ? {} : { machine: existing.machine }),
    ...(existing?.reservation === undefined ? {} : { reservation: existing.reservation }),
  };
  return acceptPut(call, world, {
    kind: existing ? 'interface.update' : 'interface.create',
    form: 'network',
    resource,
    collection: world.state.interfaces,
    isNew: !existing,
    render: (nic) => renderInterface(nic, world),
    work: () => refreshFirewalls(world, { nic: base.id }),
  });
}

/** Azure's hosts give addresses out of Microsoft's block 00-0D-3A. */
function macFor(id: string): string {
  const hex = arm.guidFor(id).slice(0, 6).toUpperCase();
  return `00-0D-3A-${hex.slice(0, 2)}-${hex.slice(2, 4)}-${hex.slice(4, 6)}`;
}

/** @throws ArmProblem 400 when another machine than `machine` holds the interface. */
export function refuseIfTaken(world: World, nic: NetworkInterface, machine: string | undefined): void {
  if (nic.machine !== undefined && !arm.sameId(nic.machine, machine)) throw interfaceInUse(nic.id, nic.machine);
  const { reservation } = nic;
  if (!reservation || arm.sameId(reservation.machine, machine)) return;
  if (reservation.untilMs > world.clock.nowMs() && world.state.machines.get(reservation.machine))
    throw interfaceReserved(nic.id, reservation.machine);
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const nic = world.state.interfaces.get(arm.resourceIdOf(call, world, interfaceType));
  if (!nic) return { status: 204 };
  requireIdleNetwork(call, world, nic.id);
  refuseIfTaken(world, nic, undefined);
  return acceptDelete(call, world, {
    kind: 'network.delete',
    form: 'network',
    resource: nic,
    collection: world.state.interfaces,
  });
}

export const interfaceRoutes = resourceRoutes({
  type: interfaceType,
  collection: (world) => world.state.interfaces,
  render: renderInterface,
  put,
  remove,
});

/** @throws ArmProblem 400 when there is no IP configuration. */
export function primaryConfiguration(nic: NetworkInterface): IpConfiguration {
  const found = primaryOf(nic.properties.ipConfigurations);
  if (!found) throw new ArmProblem(400, 'InvalidRequestFormat', `Network interface ${nic.id} has no IP configuration.`);
  return found;
}
