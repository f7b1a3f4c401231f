import { acceptDelete, acceptPut } from '../arm/accept.ts';
import { tracked } from '../arm/common-shapes.ts';
import { ArmProblem } from '../arm/problem.ts';
import { timestamp } from '../clock.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import { usualRoutes } from '../arm/usual-routes.ts';
import type { Answer } from '../http/exchange.ts';
import { anyObject, integer, list, object, oneOf, optional, readOnly, text } from '../shape.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { conflict, diskInUse } from './problems.ts';

export interface Disk extends Resource {
  readonly sku: string;
  readonly sizeGiB: number;
  readonly osType?: 'Linux' | 'Windows' | undefined;
  readonly createOption: 'Empty' | 'FromImage';
  readonly zones?: readonly string[] | undefined;
  /** Id of the machine it is attached to. */
  machine?: string;
}

export const diskType = 'Microsoft.Compute/disks';

/** Kinds of managed disks: https://learn.microsoft.com/azure/virtual-machines/disks-types */
export const diskSkus = [
  'Standard_LRS',
  'StandardSSD_LRS',
  'StandardSSD_ZRS',
  'Premium_LRS',
  'Premium_ZRS',
  'PremiumV2_LRS',
  'UltraSSD_LRS',
] as const;

const shape = object({
  ...tracked,
  sku: optional(object({ name: optional(oneOf(...diskSkus)), tier: readOnly })),
  zones: optional(list(text)),
  managedBy: readOnly,
  properties: object({
    creationData: object({ createOption: oneOf('Empty', 'FromImage'), imageReference: optional(anyObject) }),
    diskSizeGB: optional(integer),
    osType: optional(oneOf('Linux', 'Windows')),
    provisioningState: readOnly,
    diskState: readOnly,
    timeCreated: readOnly,
    uniqueId: readOnly,
    diskSizeBytes: readOnly,
  }),
});

function render(disk: Disk): unknown {
  return {
    ...arm.renderBase(disk),
    sku: { name: disk.sku, tier: disk.sku.startsWith('Premium') ? 'Premium' : 'Standard' },
    ...(disk.zones ? { zones: disk.zones } : {}),
    ...(disk.machine === undefined ? {} : { managedBy: disk.machine }),
    properties: {
      ...(disk.osType ? { osType: disk.osType } : {}),
      creationData: { createOption: disk.createOption },
      diskSizeGB: disk.sizeGiB,
      diskSizeBytes: disk.sizeGiB * 1024 ** 3,
      timeCreated: timestamp(disk.createdMs),
      provisioningState: disk.state,
      diskState: disk.machine === undefined ? 'Unattached' : 'Attached',
      uniqueId: arm.guidFor(disk.id),
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const { properties, ...body } = readBody(call, shape, 'compute');
  const existing = world.state.disks.get(arm.resourceIdOf(call, world, diskType));
  const base = arm.identify(call, world, { ...body, type: diskType, existing });
  if (world.operations.running(base.id).length > 0) throw conflict();
  if (properties.creationData.createOption !== 'Empty')
    throw new ArmProblem(400, 'InvalidParameter', 'Only empty disks can be created by themselves in the sandbox.', {
      target: 'creationData.createOption',
    });
  if (properties.diskSizeGB === undefined)
    throw new ArmProblem(400, 'InvalidParameter', "Required parameter 'disk.diskSizeGB' is missing (null).", {
      target: 'disk.diskSizeGB',
    });
  const resource: Disk = {
    ...base,
    sku: body.sku?.name ?? 'Standard_LRS',
    sizeGiB: properties.diskSizeGB,
    osType: properties.osType,
    createOption: 'Empty',
    zones: body.zones,
    ...(existing?.machine === undefined ? {} : { machine: existing.machine }),
  };
  return acceptPut(call, world, {
    kind: 'disk.put',
    form: 'disk',
    status: 202,
    resource,
    collection: world.state.disks,
    isNew: !existing,
    render,
  });
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const disk = world.state.disks.get(arm.resourceIdOf(call, world, diskType));
  if (!disk) return { status: 204 };
  if (disk.machine !== undefined) throw diskInUse(disk.name, disk.machine);
  return acceptDelete(call, world, {
    kind: 'disk.delete',
    form: 'disk',
    resource: disk,
    collection: world.state.disks,
    work: () => world.guests.deleteDisk(disk.id.toLowerCase()),
  });
}

export const diskRoutes: readonly Route[] = usualRoutes({
  type: diskType,
  family: 'disks',
  collection: ({ state }) => state.disks,
  render,
  put,
  remove,
});
