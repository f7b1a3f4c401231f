import { acceptDelete, acceptPut } from '../../arm/accept.ts';
import { tracked } from '../../arm/common-shapes.ts';
import { ArmProblem } from '../../arm/problem.ts';
import { readBody } from '../../arm/read-body.ts';
import * as arm from '../../arm/resources.ts';
import type { ArmCall, Route } from '../../arm/route.ts';
import { usualRoutes } from '../../arm/usual-routes.ts';
import type { Answer } from '../../http/exchange.ts';
import { object, oneOf, optional, readOnly, text } from '../../shape.ts';
import type { Resource } from '../../state/resource.ts';
import type { World } from '../../world.ts';
import { notPlayed } from '../not-played.ts';
import { changeNotAllowed } from '../problems.ts';

const community = object({
  publisherUri: optional(text),
  publisherContact: optional(text),
  eula: optional(text),
  publicNamePrefix: optional(text),
  communityGalleryEnabled: readOnly,
  publicNames: readOnly,
});

const shape = object({
  ...tracked,
  identity: notPlayed('identities of galleries'),
  properties: optional(
    object({
      description: optional(text),
      identifier: readOnly,
      provisioningState: readOnly,
      sharingProfile: optional(
        object({
          permissions: optional(oneOf('Private', 'Groups', 'Community')),
          groups: readOnly,
          communityGalleryInfo: optional(community),
        }),
      ),
      softDeletePolicy: notPlayed('deleted images that can come back'),
      sharingStatus: readOnly,
    }),
  ),
});

/** A compute gallery: https://learn.microsoft.com/azure/virtual-machines/azure-compute-gallery */
export interface Gallery extends Resource {
  readonly description: string | undefined;
  readonly permissions: 'Private' | 'Groups' | 'Community';
  readonly prefix: string | undefined;
  /** The name under which everybody finds it, from the moment that it is shared with the community. */
  publicName?: string;
}

export const galleryType = 'Microsoft.Compute/galleries';

/** The name by which other subscriptions know a gallery that is shared with them. */
export function uniqueNameOf(world: World, gallery: Gallery): string {
  return `${world.identity.subscriptionId}-${gallery.name}`.toUpperCase();
}

function render(gallery: Gallery, world: World): unknown {
  const names = gallery.publicName === undefined ? [] : [gallery.publicName];
  return {
    ...arm.renderBase(gallery),
    properties: {
      ...(gallery.description === undefined ? {} : { description: gallery.description }),
      identifier: { uniqueName: uniqueNameOf(world, gallery) },
      sharingProfile: {
        permissions: gallery.permissions,
        ...(gallery.permissions === 'Community'
          ? { communityGalleryInfo: { communityGalleryEnabled: names.length > 0, publicNames: names } }
          : {}),
      },
      provisioningState: gallery.state,
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const { properties, ...body } = readBody(call, shape, 'compute');
  const existing = world.state.galleries.get(arm.resourceIdOf(call, world, galleryType));
  const base = arm.identify(call, world, { ...body, type: galleryType, existing });
  if (!/^[a-z0-9][a-z0-9._]{0,78}[a-z0-9]$|^[a-z0-9]$/i.test(base.name))
    throw new ArmProblem(400, 'InvalidParameter', `The gallery name '${base.name}' is not valid.`, { target: 'name' });
  const permissions = properties?.sharingProfile?.permissions ?? 'Private';
  if (existing && existing.permissions !== permissions) throw changeNotAllowed('sharingProfile.permissions');
  const gallery: Gallery = {
    ...base,
    description: properties?.description,
    permissions,
    prefix: properties?.sharingProfile?.communityGalleryInfo?.publicNamePrefix,
    ...(existing?.publicName === undefined ? {} : { publicName: existing.publicName }),
  };
  return acceptPut(call, world, {
    kind: 'image.put',
    form: 'gallery',
    resource: gallery,
    collection: world.state.galleries,
    isNew: !existing,
    render: (resource) => render(resource, world),
  });
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const gallery = world.state.galleries.get(arm.resourceIdOf(call, world, galleryType));
  if (!gallery) return { status: 204 };
  if (world.state.galleryImages.list((image) => arm.sameId(image.gallery, gallery.id)).length > 0)
    throw new ArmProblem(409, 'CannotDeleteResource', 'Can not delete resource before nested resources are deleted.');
  const collection = world.state.galleries;
  return acceptDelete(call, world, { kind: 'image.delete', form: 'gallery', resource: gallery, collection });
}

export const galleryRoutes: readonly Route[] = usualRoutes({
  type: galleryType,
  family: 'galleries',
  collection: ({ state }) => state.galleries,
  render,
  put,
  remove,
});
