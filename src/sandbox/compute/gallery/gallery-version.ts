import { acceptDelete, acceptPut } from '../../arm/accept.ts';
import { ArmProblem } from '../../arm/problem.ts';
import { parentNotFound, resourceNotFound } from '../../arm/problems.ts';
import { readBody } from '../../arm/read-body.ts';
import * as arm from '../../arm/resources.ts';
import type { ArmCall, Route } from '../../arm/route.ts';
import type { Answer } from '../../http/exchange.ts';
import type { Resource } from '../../state/resource.ts';
import type { World } from '../../world.ts';
import { invalid, referenceNotFound } from '../problems.ts';
import { usualSizeGiB } from '../image-source/image-source.ts';
import { galleryType } from './gallery.ts';
import { type GalleryImage, galleryImageType, requireGallery } from './gallery-image.ts';
import { type GalleryVersionProperties, galleryVersionShape } from './gallery-version-shape.ts';

/** A version of an image, replicated to regions. */
export interface GalleryVersion extends Resource {
  /** Id of its image definition. */
  readonly image: string;
  readonly properties: GalleryVersionProperties;
  /** Regions that have it, in ARM's short spelling. */
  readonly regions: readonly string[];
  readonly isLatestCandidate: boolean;
  readonly sizeGiB: number;
}

export const galleryVersionType = `${galleryImageType}/versions`;

function requireImage(call: ArmCall, world: World): GalleryImage {
  const gallery = requireGallery(call, world);
  const found = world.state.galleryImages.get(`${gallery.id}/images/${call.param('image')}`);
  if (!found) throw parentNotFound(galleryVersionType, `${gallery.name}/${call.param('image')}`);
  return found;
}

function render(version: GalleryVersion): unknown {
  const { storageProfile, publishingProfile } = version.properties;
  return {
    ...arm.renderBase(version),
    properties: {
      publishingProfile: {
        replicaCount: 1,
        excludeFromLatest: false,
        ...publishingProfile,
        targetRegions: version.regions.map((name) => ({ name, regionalReplicaCount: 1 })),
      },
      storageProfile: {
        ...storageProfile,
        osDiskImage: { ...storageProfile.osDiskImage, sizeInGB: version.sizeGiB },
      },
      provisioningState: version.state,
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const { properties, ...body } = readBody(call, galleryVersionShape, 'compute');
  const image = requireImage(call, world);
  const id = `${image.id}/versions/${call.param('name')}`;
  const existing = world.state.galleryVersions.get(id);
  const base = arm.identify(call, world, { ...body, type: galleryVersionType, existing });
  // https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery#image-versions
  if (!/^\d{1,10}\.\d{1,10}\.\d{1,10}$/.test(base.name))
    throw new ArmProblem(
      400,
      'InvalidParameter',
      `The image version name '${base.name}' is not valid: it must follow Major(int).Minor(int).Patch(int), for example 1.0.0.`,
      { target: 'galleryImageVersionName' },
    );
  const { publishingProfile } = properties;
  const regions = (publishingProfile?.targetRegions ?? []).map(({ name }) =>
    arm.normaliseLocation(name, galleryVersionType),
  );
  if (regions.length > 0 && !regions.includes(base.location))
    throw invalid(
      'targetRegions',
      `The target regions must contain the location '${base.location}' of the image version.`,
    );
  const version: GalleryVersion = {
    ...base,
    id: existing?.id ?? id,
    image: image.id,
    properties,
    regions: regions.length === 0 ? [base.location] : regions,
    isLatestCandidate: publishingProfile?.excludeFromLatest !== true,
    sizeGiB: sizeOfSource(world, base, properties),
  };
  return acceptPut(call, world, {
    kind: 'image.put',
    form: 'gallery',
    resource: version,
    collection: world.state.galleryVersions,
    isNew: !existing,
    render,
  });
}

/** @throws ArmProblem when there is no source, or when it is not there */
function sizeOfSource(world: World, { location }: Resource, { storageProfile }: GalleryVersionProperties): number {
  const id = storageProfile.source?.id ?? storageProfile.osDiskImage?.source?.id;
  if (id === undefined && storageProfile.osDiskImage?.source?.uri !== undefined) return usualSizeGiB;
  if (id === undefined) throw invalid('storageProfile', 'The source of the gallery image version is missing.');
  const { customImages, disks, galleryVersions } = world.state;
  const source = customImages.get(id) ?? galleryVersions.get(id) ?? disks.get(id);
  if (!source) throw referenceNotFound('Image', id, location, 'storageProfile.source.id');
  return source.sizeGiB;
}

function remove(call: ArmCall, world: World): Answer {
  const image = requireImage(call, world);
  const version = world.state.galleryVersions.get(`${image.id}/versions/${call.param('name')}`);
  if (!version) return { status: 204 };
  const collection = world.state.galleryVersions;
  return acceptDelete(call, world, { kind: 'image.delete', form: 'gallery', resource: version, collection });
}

function find(call: ArmCall, world: World): GalleryVersion {
  const image = requireImage(call, world);
  const found = world.state.galleryVersions.get(`${image.id}/versions/${call.param('name')}`);
  if (!found) throw resourceNotFound(`${galleryType}/images/${image.name}/versions`, call.param('name'), image.group);
  return found;
}

const inImage = `/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/${galleryType}/{gallery}/images/{image}/versions`;
const one = `${inImage}/{name}`;

export const galleryVersionRoutes: readonly Route[] = [
  { method: 'PUT', path: one, family: 'galleries', answer: put },
  {
    method: 'GET',
    path: one,
    family: 'galleries',
    answer: (call, world) => ({ status: 200, body: render(find(call, world)) }),
  },
  { method: 'DELETE', path: one, family: 'galleries', answer: remove },
  {
    method: 'GET',
    path: inImage,
    family: 'galleries',
    answer(call, world) {
      const { id } = requireImage(call, world);
      const value = world.state.galleryVersions.list((version) => arm.sameId(version.image, id)).map(render);
      return { status: 200, body: { value } };
    },
  },
];
