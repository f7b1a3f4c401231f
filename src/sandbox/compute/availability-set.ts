import { ArmProblem } from '../arm/problem.ts';
import { reference, tracked } from '../arm/common-shapes.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import { usualRoutes } from '../arm/usual-routes.ts';
import type { Answer } from '../http/exchange.ts';
import { integer, object, oneOf, optional, readOnly, text } from '../shape.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { invalidReference } from '../network/problems.ts';
import { changeNotAllowed } from './problems.ts';

export interface AvailabilitySet extends Resource {
  readonly sku: 'Classic' | 'Aligned';
  readonly faultDomains: number;
  readonly updateDomains: number;
  /** Id of its proximity placement group. */
  readonly proximityGroup?: string | undefined;
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
      proximityPlacementGroup: optional(reference),
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
      ...(set.proximityGroup === undefined ? {} : { proximityPlacementGroup: { id: set.proximityGroup } }),
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
  const proximityGroup = body.properties?.proximityPlacementGroup?.id;
  checkProximity(world, { base, existing, proximityGroup });
  const set: AvailabilitySet = { ...base, state: 'Succeeded', sku, faultDomains, updateDomains, proximityGroup };
  world.state.availabilitySets.set(set);
  return { status: 200, body: render(set, world) };
}

/** The group must be there; a set whose machines run stays where it is. */
function checkProximity(
  world: World,
  set: {
    readonly base: Resource;
    readonly existing: AvailabilitySet | undefined;
    readonly proximityGroup: string | undefined;
  },
): void {
  const { base, existing, proximityGroup: id } = set;
  const group = id === undefined ? undefined : world.state.proximityGroups.get(id);
  if (id !== undefined && group?.location !== base.location) throw invalidReference(id, base.id);
  const isMoved = existing !== undefined && existing.proximityGroup?.toLowerCase() !== id?.toLowerCase();
  if (isMoved && members(world, base.id).length > 0) throw changeNotAllowed('availabilitySet.proximityPlacementGroup');
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

export const availabilitySetRoutes: readonly Route[] = usualRoutes({
  type: availabilitySetType,
  family: 'compute',
  collection: ({ state }) => state.availabilitySets,
  render,
  put,
  remove,
});
