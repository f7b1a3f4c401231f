import type { Collection } from '../../state/collection.ts';
import type { World } from '../../world.ts';
import { uniqueNameOf } from './gallery.ts';
import type { GalleryImage } from './gallery-image.ts';
import type { GalleryVersion } from './gallery-version.ts';

export interface FoundVersion {
  readonly image: GalleryImage;
  readonly version: GalleryVersion;
}

const own =
  /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Compute\/galleries\/[^/]+\/images\/[^/]+)(?:\/versions\/([^/]+))?$/i;
const shared = /^\/SharedGalleries\/([^/]+)\/Images\/([^/]+)(?:\/Versions\/([^/]+))?$/i;
const community = /^\/CommunityGalleries\/([^/]+)\/Images\/([^/]+)(?:\/Versions\/([^/]+))?$/i;

/** True for an id of a gallery's image definition or version. */
export function isGalleryId(id: string): boolean {
  return own.test(id);
}

/** The version that an id means in a region; of a definition the newest. */
export function findGalleryVersion(world: World, id: string, location: string): FoundVersion | undefined {
  const [, image, version] = own.exec(id) ?? [];
  return image === undefined ? undefined : pick(world, image, version, location);
}

/** As {@link findGalleryVersion}, by the name under which a gallery is shared with other subscriptions. */
export function findSharedVersion(world: World, id: string, location: string): FoundVersion | undefined {
  const [, name, image, version] = shared.exec(id) ?? [];
  const gallery = byName(
    world,
    (one) => one.permissions === 'Groups' && uniqueNameOf(world, one) === name?.toUpperCase(),
  );
  return gallery && pick(world, `${gallery.id}/images/${image}`, version, location);
}

/** As {@link findGalleryVersion}, by the name under which everybody knows a gallery. */
export function findCommunityVersion(world: World, id: string, location: string): FoundVersion | undefined {
  const [, name, image, version] = community.exec(id) ?? [];
  const gallery = byName(world, (one) => one.publicName?.toLowerCase() === name?.toLowerCase() && name !== undefined);
  return gallery && pick(world, `${gallery.id}/images/${image}`, version, location);
}

type Galleries = World['state']['galleries'];

function byName(world: World, wanted: (gallery: Galleries extends Collection<infer T> ? T : never) => boolean) {
  return world.state.galleries.list(wanted).at(0);
}

function pick(world: World, imageId: string, wanted: string | undefined, location: string): FoundVersion | undefined {
  const image = world.state.galleryImages.get(imageId);
  if (!image) return undefined;
  const isLatest = wanted === undefined || wanted.toLowerCase() === 'latest';
  const [version] = world.state.galleryVersions
    .list((one) => one.image === image.id && one.state === 'Succeeded' && one.regions.includes(location))
    .filter((one) => (isLatest ? one.isLatestCandidate : one.name === wanted))
    .sort((one, other) => compare(other.name, one.name));
  return version && { image, version };
}

/** By major, minor and patch. */
function compare(one: string, other: string): number {
  const [ours, theirs] = [one.split('.').map(Number), other.split('.').map(Number)];
  for (const [index, part] of ours.entries()) {
    const difference = part - (theirs[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
