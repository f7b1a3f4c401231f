import { ArmProblem } from '../arm/problem.ts';
import { tracked } from '../arm/common-shapes.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import { integer, object, oneOf, optional, readOnly, text } from '../shape.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';

export interface AvailabilitySet extends Resource {
  readonly sku: 'Classic' | 'Aligned';
  readonly faultDomains: number;
  readonly updateDomains: number;
}

export const availabilitySetType = 'Microsoft.Compute/availabilitySets';

const shape = object({
  ...tracked,
  sku: optional(
    object({ name: optional(oneOf('Classic', 'Aligned')), tier: optional(text), capacity: optional(integer) }),
  ),
  properties: optional(
    object({
      platformFaultDomainCount: optional(integer),
      platformUpdateDomainCount: optional(integer),
      virtualMachines: readOnly,
      statuses: readOnly,
      virtualMachineScaleSetMigrationInfo: readOnly,
    }),
  ),
});

function members(world: World, id: string): readonly { readonly id: string }[] {
  return world.state.machines
    .list((machine) => arm.sameId(machine.properties.availabilitySet?.id, id))
    .map((machine) => ({ id: machine.id }));
}

function render(set: AvailabilitySet, world: World): unknown {
  return {
    ...arm.renderBase(set),
    sku: { name: set.sku },
    properties: {
      platformFaultDomainCount: set.faultDomains,
      platformUpdateDomainCount: set.updateDomains,
      virtualMachines: members(world, set.id),
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const body = readBody(call, shape, 'compute');
  const existing = world.state.availabilitySets.get(arm.resourceIdOf(call, world, availabilitySetType));
  const base = arm.identify(call, world, { ...body, type: availabilitySetType, existing });
  const faultDomains = body.properties?.platformFaultDomainCount ?? 2;
  const updateDomains = body.properties?.platformUpdateDomainCount ?? 5;
  // Limits: https://learn.microsoft.com/azure/virtual-machines/availability-set-overview
  if (faultDomains < 1 || faultDomains > 3)
    throw new ArmProblem(400, 'InvalidParameter', 'The specified fault domain count must fall in the range 1 to 3.', {
      target: 'platformFaultDomainCount',
    });
  if (updateDomains < 1 || updateDomains > 20)
    throw new ArmProblem(400, 'InvalidParameter', 'The specified update domain count must fall in the range 1 to 20.', {
      target: 'platformUpdateDomainCount',
    });
  const sku = body.sku?.name ?? 'Classic';
  if (existing && (existing.faultDomains !== faultDomains || existing.updateDomains !== updateDomains))
    throw new ArmProblem(
      409,
      'PropertyChangeNotAllowed',
      "Changing property 'platformFaultDomainCount' or 'platformUpdateDomainCount' is not allowed.",
      { target: 'platformFaultDomainCount' },
    );
  const set: AvailabilitySet = { ...base, state: 'Succeeded', sku, faultDomains, updateDomains };
  world.state.availabilitySets.set(set);
  return { status: 200, body: render(set, world) };
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const set = world.state.availabilitySets.get(arm.resourceIdOf(call, world, availabilitySetType));
  if (!set) return { status: 204 };
  if (members(world, set.id).length > 0)
    throw new ArmProblem(
      409,
      'OperationNotAllowed',
      `Availability Set '${set.name}' cannot be deleted. Before deleting an Availability Set please ensure that it does not contain any VM.`,
    );
  world.state.availabilitySets.delete(set.id);
  return { status: 200 };
}

const inGroup = '/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/Microsoft.Compute/availabilitySets';
const one = `${inGroup}/{name}`;

export const availabilitySetRoutes: readonly Route[] = [
  { method: 'PUT', path: one, family: 'compute', answer: put },
  {
    method: 'GET',
    path: one,
    family: 'compute',
    answer: (call, world) => ({
      status: 200,
      body: render(arm.requireResource(call, world, world.state.availabilitySets, availabilitySetType), world),
    }),
  },
  { method: 'DELETE', path: one, family: 'compute', answer: remove },
  {
    method: 'GET',
    path: inGroup,
    family: 'compute',
    answer: (call, world) => ({
      status: 200,
      body: { value: arm.inGroup(call, world, world.state.availabilitySets).map((set) => render(set, world)) },
    }),
  },
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/providers/Microsoft.Compute/availabilitySets',
    family: 'compute',
    answer: (_call, world) => ({
      status: 200,
      body: { value: world.state.availabilitySets.list().map((set) => render(set, world)) },
    }),
  },
];
