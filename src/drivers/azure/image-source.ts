import { parseResourceId } from './resource-id.ts';

/** Where an image comes from: what `--azure-image` says, taken apart. */
export type ImageSource =
  | {
      readonly kind: 'platform';
      readonly publisher: string;
      readonly offer: string;
      readonly sku: string;
      readonly version: string;
    }
  | { readonly kind: 'managed'; readonly subscriptionId: string; readonly group: string; readonly name: string }
  | {
      readonly kind: 'gallery';
      readonly subscriptionId: string;
      readonly group: string;
      readonly gallery: string;
      readonly name: string;
      /** Undefined: the newest one. */
      readonly version: string | undefined;
    }
  | {
      /** A gallery of other people's: open to everybody, or shared with this subscription. */
      readonly kind: 'community' | 'shared';
      readonly gallery: string;
      readonly name: string;
      /** Undefined: the newest one. */
      readonly version: string | undefined;
    };

/** `/CommunityGalleries/{public name}/Images/{image}[/Versions/{version}]`, and the same for SharedGalleries (Microsoft.Compute, ImageReference). */
const foreign = /^\/(community|shared)galleries\/([^/]+)\/images\/([^/]+)(?:\/versions\/([^/]+))?$/i;

/**
 * Reads `publisher:offer:sku:version`, the resource id of an image, of a gallery's image or of its version, or the id of a
 * community's or shared gallery's.
 *
 * @returns undefined when it is none of these
 */
export function parseImageSource(text: string): ImageSource | undefined {
  const [, kind = '', gallery = '', image = '', newest] = foreign.exec(text) ?? [];
  if (gallery !== '') {
    const version = versionOf(newest);
    return { kind: kind.toLowerCase() === 'shared' ? 'shared' : 'community', gallery, name: image, version };
  }
  const id = parseResourceId(text);
  if (id !== undefined) return ofResource(id);
  const words = text.split(':');
  const [publisher = '', offer = '', sku = '', version = ''] = words;
  if (words.length !== 4 || words.some((word) => word === '' || /[\s/]/.test(word))) return undefined;
  return { kind: 'platform', publisher, offer, sku, version };
}

function ofResource(id: NonNullable<ReturnType<typeof parseResourceId>>): ImageSource | undefined {
  const { subscriptionId, group, names, type } = id;
  const [first = '', second = '', third] = names;
  switch (type) {
    case 'microsoft.compute/images':
      return { kind: 'managed', subscriptionId, group, name: first };
    case 'microsoft.compute/galleries/images':
    case 'microsoft.compute/galleries/images/versions':
      return { kind: 'gallery', subscriptionId, group, gallery: first, name: second, version: versionOf(third) };
    default:
      return undefined;
  }
}

function versionOf(text: string | undefined): string | undefined {
  return text?.toLowerCase() === 'latest' ? undefined : text;
}
