import { computed, tracked } from '../arm/common-shapes.ts';
import { ArmProblem } from '../arm/problem.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import { usualRoutes } from '../arm/usual-routes.ts';
import type { Answer } from '../http/exchange.ts';
import { list, object, oneOf, optional, readOnly, text } from '../shape.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { changeNotAllowed, invalid } from './problems.ts';
import { findSize } from './sizes.ts';

/** Keeps what is in it close together in one data centre: https://learn.microsoft.com/azure/virtual-machines/co-location */
export interface ProximityGroup extends Resource {
  readonly zones?: readonly string[] | undefined;
  /** Sizes that it was announced for; only sizes of this list may be placed in it. */
  readonly sizes: readonly string[];
}

export const proximityGroupType = 'Microsoft.Compute/proximityPlacementGroups';

const shape = object({
  ...tracked,
  zones: optional(list(text)),
  properties: optional(
    object({
      proximityPlacementGroupType: optional(oneOf('Standard', 'Ultra')),
      intent: optional(object({ vmSizes: optional(list(text)) })),
      colocationStatus: readOnly,
      virtualMachines: readOnly,
      virtualMachineScaleSets: readOnly,
      availabilitySets: readOnly,
    }),
  ),
});
const patchShape = object({ ...computed, tags: tracked.tags });

const idsIn = (id: string, all: Iterable<Resource & { readonly proximity: string | undefined }>) =>
  [...all].filter(({ proximity }) => arm.sameId(proximity, id)).map((item) => ({ id: item.id }));

function membersOf(world: World, id: string) {
  const machines = world.state.machines
    .list()
    .map((machine) => ({ ...machine, proximity: machine.properties.proximityPlacementGroup?.id }));
  const sets = world.state.availabilitySets.list().map((set) => ({ ...set, proximity: set.proximityGroup }));
  return { virtualMachines: idsIn(id, machines), availabilitySets: idsIn(id, sets) };
}

function render(group: ProximityGroup, world: World): unknown {
  return {
    ...arm.renderBase(group),
    ...(group.zones ? { zones: group.zones } : {}),
    properties: {
      proximityPlacementGroupType: 'Standard',
      ...(group.sizes.length === 0 ? {} : { intent: { vmSizes: group.sizes } }),
      ...membersOf(world, group.id),
      virtualMachineScaleSets: [],
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const { zones, ...body } = readBody(call, shape, 'compute');
  const existing = world.state.proximityGroups.get(arm.resourceIdOf(call, world, proximityGroupType));
  const base = arm.identify(call, world, { ...body, type: proximityGroupType, existing });
  if (body.properties?.proximityPlacementGroupType === 'Ultra')
    throw invalid('proximityPlacementGroupType', "The proximity placement group type 'Ultra' is not available.");
  const sizes = body.properties?.intent?.vmSizes ?? [];
  for (const size of sizes)
    if (!findSize(size)) throw invalid('intent.vmSizes', `The VM size ${size} of the intent is not valid.`);
  // https://learn.microsoft.com/azure/virtual-machines/co-location: a zone can be given together with an intent only.
  if (zones && zones.length > 0 && sizes.length === 0)
    throw invalid('zones', 'Availability zone can be specified for a proximity placement group only with an intent.');
  if (existing && JSON.stringify(existing.zones ?? []) !== JSON.stringify(zones ?? [])) throw changeNotAllowed('zones');
  const group: ProximityGroup = { ...base, state: 'Succeeded', zones, sizes };
  world.state.proximityGroups.set(group);
  return { status: existing ? 200 : 201, body: render(group, world) };
}

function patch(call: ArmCall, world: World): Answer {
  const { tags } = readBody(call, patchShape, 'compute');
  const group = arm.requireResource(call, world, world.state.proximityGroups, proximityGroupType);
  arm.checkTags(tags);
  if (tags) group.tags = tags;
  return { status: 200, body: render(group, world) };
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const group = world.state.proximityGroups.get(arm.resourceIdOf(call, world, proximityGroupType));
  // Its document has no answer but 200.
  if (!group) return { status: 200 };
  const { virtualMachines, availabilitySets } = membersOf(world, group.id);
  if (virtualMachines.length + availabilitySets.length > 0)
    throw new ArmProblem(
      409,
      'OperationNotAllowed',
      `Proximity Placement Group '${group.name}' cannot be deleted. Before deleting a Proximity Placement Group please ensure that it does not contain any resource.`,
    );
  world.state.proximityGroups.delete(group.id);
  return { status: 200 };
}

export const proximityGroupRoutes: readonly Route[] = usualRoutes({
  type: proximityGroupType,
  family: 'compute',
  collection: ({ state }) => state.proximityGroups,
  render,
  put,
  patch,
  remove,
});
