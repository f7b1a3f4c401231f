import { createHash, randomUUID } from 'node:crypto';
import { locations } from '../resources/locations.ts';
import type { Collection } from '../state/collection.ts';
import type { Resource, ResourceGroup } from '../state/resource.ts';
import type { World } from '../world.ts';
import { ArmProblem } from './problem.ts';
import * as problems from './problems.ts';
import type { ArmCall } from './route.ts';

/** The group named in the path. @throws ArmProblem 404, and 409 for a write while it is being deleted. */
export function requireGroup(call: ArmCall, world: World): ResourceGroup {
  const name = call.param('group');
  const group = world.state.groups.get(groupId(world, name));
  if (!group) throw problems.groupNotFound(name);
  if (group.state === 'Deleting' && call.method !== 'GET') throw problems.groupBeingDeleted(group.name);
  return group;
}

export function groupId(world: World, name: string): string {
  return `/subscriptions/${world.identity.subscriptionId}/resourceGroups/${name}`;
}

/** Id of the resource named in the path, in the group's spelling when the group exists. */
export function resourceIdOf(call: ArmCall, world: World, type: string, name = call.param('name')): string {
  const group = world.state.groups.get(groupId(world, call.param('group')));
  return `${groupId(world, group?.name ?? call.param('group'))}/providers/${type}/${name}`;
}

/** @throws ArmProblem 404 when the group or the resource is not there. */
export function requireResource<T extends Resource>(
  call: ArmCall,
  world: World,
  collection: Collection<T>,
  type: string,
): T {
  const group = requireGroup(call, world);
  const found = collection.get(resourceIdOf(call, world, type));
  if (!found) throw problems.resourceNotFound(type, call.param('name'), group.name);
  return found;
}

/** `West Europe` becomes `westeurope`. @throws ArmProblem for a place that is none. */
export function normaliseLocation(location: string | undefined, type: string): string {
  if (location === undefined || location === '') throw problems.locationRequired();
  const name = location.toLowerCase().replaceAll(' ', '');
  if (!locations.some((known) => known.name === name))
    throw problems.unknownLocation(
      location,
      type,
      locations.map((known) => known.name),
    );
  return name;
}

/** What a PUT keeps of the resource that is there, or makes new. */
export function identify(
  call: ArmCall,
  world: World,
  wanted: {
    readonly type: string;
    readonly location: string | undefined;
    readonly tags: Readonly<Record<string, string>> | undefined;
    readonly existing: Resource | undefined;
  },
): Resource {
  const group = requireGroup(call, world);
  const { type, existing } = wanted;
  const name = call.param('name');
  const location = normaliseLocation(wanted.location, type);
  checkPreconditions(call, existing);
  checkTags(wanted.tags);
  if (existing && existing.location !== location) throw problems.wrongLocation(name, type, existing.location, location);
  return {
    id: existing?.id ?? resourceIdOf(call, world, type),
    type,
    name: existing?.name ?? name,
    group: group.name,
    location,
    tags: wanted.tags ?? {},
    etag: randomUUID(),
    state: existing ? 'Updating' : 'Creating',
    createdMs: existing?.createdMs ?? world.clock.nowMs(),
  };
}

/** @throws ArmProblem 412 when `If-Match` or `If-None-Match` do not hold. */
export function checkPreconditions(call: ArmCall, existing: Resource | undefined): void {
  const match = call.headers['if-match'];
  if (match !== undefined && match !== '*' && bare(match) !== existing?.etag)
    throw problems.preconditionFailed(call.path);
  if (match === '*' && !existing) throw problems.preconditionFailed(call.path);
  if (call.headers['if-none-match'] === '*' && existing) throw problems.alreadyExists(call.path);
}

const bare = (etag: string): string => etag.replace(/^W\//, '').replaceAll('"', '');

/** Limits of tags: https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources */
export function checkTags(tags: Readonly<Record<string, string>> | undefined): void {
  const entries = Object.entries(tags ?? {});
  if (entries.length > 50)
    throw new ArmProblem(400, 'InvalidTags', 'The number of tags exceeds the maximum of 50 per resource.');
  for (const [name, value] of entries) {
    if (name === '' || name.length > 512 || /[<>%&\\?/]/.test(name))
      throw new ArmProblem(400, 'InvalidTagNameCharacters', `The tag name '${name}' is not valid.`);
    if (value.length > 256)
      throw new ArmProblem(400, 'InvalidTagValueLength', `The value of tag '${name}' is longer than 256 characters.`);
  }
}

/** A stable identifier of a thing that has none of its own. */
export function guidFor(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** Members every tracked resource shows. */
export function renderBase({ id, name, type, location, tags }: Resource): Record<string, unknown> {
  return { name, id, type, location, ...(Object.keys(tags).length === 0 ? {} : { tags }) };
}

/** True for two ids of the same resource. */
export function sameId(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}

/** Those of a collection in the call's group. @throws ArmProblem 404 for a missing group. */
export function inGroup<T extends Resource>(call: ArmCall, world: World, collection: Collection<T>): T[] {
  const group = requireGroup(call, world);
  return collection.list((item) => item.group === group.name);
}
