import { acceptDelete, acceptPut } from '../../arm/accept.ts';
import { reference, tracked } from '../../arm/common-shapes.ts';
import { readBody } from '../../arm/read-body.ts';
import * as arm from '../../arm/resources.ts';
import type { ArmCall, Route } from '../../arm/route.ts';
import { usualRoutes } from '../../arm/usual-routes.ts';
import type { Answer } from '../../http/exchange.ts';
import { flag, integer, object, oneOf, optional, readOnly, type Shaped, text } from '../../shape.ts';
import type { Resource } from '../../state/resource.ts';
import type { World } from '../../world.ts';
import { diskSkus } from '../disk.ts';
import { notPlayed } from '../not-played.ts';
import { changeNotAllowed, invalid, referenceNotFound } from '../problems.ts';
import { usualSizeGiB } from './image-source.ts';

const osDisk = object({
  osType: oneOf('Linux', 'Windows'),
  osState: oneOf('Generalized', 'Specialized'),
  managedDisk: optional(reference),
  blobUri: optional(text),
  snapshot: notPlayed('snapshots'),
  caching: optional(oneOf('None', 'ReadOnly', 'ReadWrite')),
  diskSizeGB: optional(integer),
  storageAccountType: optional(oneOf(...diskSkus)),
  diskEncryptionSet: notPlayed('disk encryption sets'),
});

const propertiesShape = object({
  hyperVGeneration: optional(oneOf('V1', 'V2')),
  sourceVirtualMachine: notPlayed('images of virtual machines'),
  storageProfile: optional(
    object({ osDisk, dataDisks: notPlayed('images with data disks'), zoneResilient: optional(flag) }),
  ),
  provisioningState: readOnly,
});

const shape = object({ ...tracked, extendedLocation: notPlayed('edge zones'), properties: propertiesShape });

/** A managed image: https://learn.microsoft.com/azure/virtual-machines/linux/capture-image */
export interface CustomImage extends Resource {
  readonly generation: 'V1' | 'V2';
  readonly osDisk: Shaped<typeof osDisk>;
  readonly zoneResilient: boolean;
  readonly sizeGiB: number;
}

export const customImageType = 'Microsoft.Compute/images';

function render(image: CustomImage): unknown {
  return {
    ...arm.renderBase(image),
    properties: {
      provisioningState: image.state,
      hyperVGeneration: image.generation,
      storageProfile: {
        osDisk: { ...image.osDisk, caching: image.osDisk.caching ?? 'None', diskSizeGB: image.sizeGiB },
        dataDisks: [],
        zoneResilient: image.zoneResilient,
      },
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const { properties, ...body } = readBody(call, shape, 'compute');
  const existing = world.state.customImages.get(arm.resourceIdOf(call, world, customImageType));
  const base = arm.identify(call, world, { ...body, type: customImageType, existing });
  const { storageProfile, hyperVGeneration: generation = 'V1' } = properties;
  if (!storageProfile) throw invalid('storageProfile', "Required parameter 'image.storageProfile' is missing (null).");
  const sources = [storageProfile.osDisk.managedDisk, storageProfile.osDisk.blobUri].filter((one) => one !== undefined);
  if (sources.length !== 1)
    throw invalid(
      'osDisk',
      'Exactly one of managedDisk, blobUri and snapshot must be given as the source of the OS disk.',
    );
  const disk = sourceDisk(world, base, storageProfile.osDisk.managedDisk?.id);
  if (existing && existing.generation !== generation) throw changeNotAllowed('hyperVGeneration');
  const image: CustomImage = {
    ...base,
    generation,
    osDisk: storageProfile.osDisk,
    zoneResilient: storageProfile.zoneResilient ?? false,
    sizeGiB: storageProfile.osDisk.diskSizeGB ?? disk?.sizeGiB ?? usualSizeGiB,
  };
  return acceptPut(call, world, {
    kind: 'image.put',
    form: 'compute',
    resource: image,
    collection: world.state.customImages,
    isNew: !existing,
    render,
  });
}

function sourceDisk(world: World, image: Resource, id: string | undefined) {
  if (id === undefined) return undefined;
  const disk = world.state.disks.get(id);
  if (!disk || disk.location !== image.location) throw referenceNotFound('Disk', id, image.location, 'osDisk');
  return disk;
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const image = world.state.customImages.get(arm.resourceIdOf(call, world, customImageType));
  if (!image) return { status: 204 };
  const collection = world.state.customImages;
  return acceptDelete(call, world, { kind: 'image.delete', form: 'compute', resource: image, collection });
}

export const customImageRoutes: readonly Route[] = usualRoutes({
  type: customImageType,
  family: 'compute',
  collection: ({ state }) => state.customImages,
  render,
  put,
  remove,
});
