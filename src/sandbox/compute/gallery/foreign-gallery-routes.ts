import { ArmProblem } from '../../arm/problem.ts';
import * as arm from '../../arm/resources.ts';
import type { ArmCall, Route } from '../../arm/route.ts';
import type { World } from '../../world.ts';
import { type Gallery, uniqueNameOf } from './gallery.ts';
import type { GalleryImage } from './gallery-image.ts';
import type { GalleryVersion } from './gallery-version.ts';

/** The two ways in which a gallery is known outside of its subscription. */
type Kind = 'communityGalleries' | 'sharedGalleries';

const prefixes: Readonly<Record<Kind, string>> = {
  communityGalleries: '/CommunityGalleries',
  sharedGalleries: '/SharedGalleries',
};

function isKnownAs(world: World, kind: Kind, gallery: Gallery, name: string): boolean {
  if (kind === 'communityGalleries') return gallery.publicName?.toLowerCase() === name.toLowerCase();
  return gallery.permissions === 'Groups' && uniqueNameOf(world, gallery) === name.toUpperCase();
}

/** @throws ArmProblem 404 when there is no such gallery, or no such image in it */
function requireImage(kind: Kind, call: ArmCall, world: World): GalleryImage {
  const [gallery] = world.state.galleries.list((one) => isKnownAs(world, kind, one, call.param('gallery')));
  const image = gallery && world.state.galleryImages.get(`${gallery.id}/images/${call.param('image')}`);
  if (!image)
    throw new ArmProblem(
      404,
      'GalleryImageNotFound',
      `The gallery image ${uniqueId(kind, call)} is not available in ${call.param('location')} region.`,
    );
  return image;
}

const uniqueId = (kind: Kind, call: ArmCall) =>
  `${prefixes[kind]}/${call.param('gallery')}/Images/${call.param('image')}`;

function versionsOf(image: GalleryImage, call: ArmCall, world: World): readonly GalleryVersion[] {
  const location = arm.normaliseLocation(call.param('location'), 'locations/communityGalleries');
  return world.state.galleryVersions.list(
    (version) =>
      arm.sameId(version.image, image.id) && version.state === 'Succeeded' && version.regions.includes(location),
  );
}

function renderImage(kind: Kind, call: ArmCall, world: World): unknown {
  const { properties, name } = requireImage(kind, call, world);
  const {
    osType,
    osState,
    hyperVGeneration = 'V1',
    identifier,
    features,
    purchasePlan,
    architecture = 'x64',
  } = properties;
  return {
    name,
    location: call.param('location'),
    identifier: { uniqueId: uniqueId(kind, call) },
    properties: {
      osType,
      osState,
      hyperVGeneration,
      architecture,
      identifier,
      ...(features ? { features } : {}),
      ...(purchasePlan ? { purchasePlan } : {}),
    },
  };
}

function renderVersion(kind: Kind, call: ArmCall, version: GalleryVersion): unknown {
  return {
    name: version.name,
    location: call.param('location'),
    identifier: { uniqueId: `${uniqueId(kind, call)}/Versions/${version.name}` },
    properties: {
      excludeFromLatest: !version.isLatestCandidate,
      storageProfile: { osDiskImage: { diskSizeGB: version.sizeGiB, hostCaching: 'None' } },
    },
  };
}

function requireVersion(kind: Kind, call: ArmCall, world: World): GalleryVersion {
  const image = requireImage(kind, call, world);
  const found = versionsOf(image, call, world).find(({ name }) => name === call.param('version'));
  if (!found)
    throw new ArmProblem(
      404,
      'GalleryImageNotFound',
      `The gallery image ${uniqueId(kind, call)}/Versions/${call.param('version')} is not available in ${call.param('location')} region.`,
    );
  return found;
}

function routesOf(kind: Kind): readonly Route[] {
  const image = `/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}/${kind}/{gallery}/images/{image}`;
  return [
    {
      method: 'GET',
      path: image,
      family: 'galleries',
      answer: (call, world) => ({ status: 200, body: renderImage(kind, call, world) }),
    },
    {
      method: 'GET',
      path: `${image}/versions`,
      family: 'galleries',
      answer(call, world) {
        const found = versionsOf(requireImage(kind, call, world), call, world);
        return { status: 200, body: { value: found.map((version) => renderVersion(kind, call, version)) } };
      },
    },
    {
      method: 'GET',
      path: `${image}/versions/{version}`,
      family: 'galleries',
      answer: (call, world) => ({
        status: 200,
        body: renderVersion(kind, call, requireVersion(kind, call, world)),
      }),
    },
  ];
}

/** Galleries of other people's, as a region has them: https://learn.microsoft.com/rest/api/compute/community-gallery-images */
export const foreignGalleryRoutes: readonly Route[] = [
  ...routesOf('communityGalleries'),
  ...routesOf('sharedGalleries'),
];
