import { acceptDelete, acceptPut } from '../../arm/accept.ts';
import { tracked } from '../../arm/common-shapes.ts';
import { ArmProblem } from '../../arm/problem.ts';
import { notImplemented, parentNotFound, resourceNotFound } from '../../arm/problems.ts';
import { readBody } from '../../arm/read-body.ts';
import * as arm from '../../arm/resources.ts';
import type { ArmCall, Route } from '../../arm/route.ts';
import type { Answer } from '../../http/exchange.ts';
import { anyObject, flag, list, object, oneOf, optional, readOnly, type Shaped, text } from '../../shape.ts';
import type { Resource } from '../../state/resource.ts';
import type { World } from '../../world.ts';
import { changeNotAllowed } from '../problems.ts';
import { type Gallery, galleryType } from './gallery.ts';

const propertiesShape = object({
  description: optional(text),
  eula: optional(text),
  privacyStatementUri: optional(text),
  releaseNoteUri: optional(text),
  osType: oneOf('Linux', 'Windows'),
  osState: oneOf('Generalized', 'Specialized'),
  hyperVGeneration: optional(oneOf('V1', 'V2')),
  endOfLifeDate: optional(text),
  identifier: object({ publisher: text, offer: text, sku: text }),
  recommended: optional(anyObject),
  disallowed: optional(object({ diskTypes: optional(list(text)) })),
  purchasePlan: optional(object({ name: optional(text), publisher: optional(text), product: optional(text) })),
  provisioningState: readOnly,
  features: optional(list(object({ name: optional(text), value: optional(text), startsAtVersion: optional(text) }))),
  architecture: optional(oneOf('x64', 'Arm64')),
  allowUpdateImage: optional(flag),
});

const shape = object({ ...tracked, properties: propertiesShape });

/** An image definition: what all its versions have in common. */
export interface GalleryImage extends Resource {
  /** Id of its gallery. */
  readonly gallery: string;
  readonly properties: Shaped<typeof propertiesShape>;
}

export const galleryImageType = `${galleryType}/images`;

/** The gallery that a path names. @throws ArmProblem 404 */
export function requireGallery(call: ArmCall, world: World): Gallery {
  arm.requireGroup(call, world);
  const found = world.state.galleries.get(arm.resourceIdOf(call, world, galleryType, call.param('gallery')));
  if (!found) throw parentNotFound(galleryImageType, call.param('gallery'));
  return found;
}

function render(image: GalleryImage): unknown {
  const { properties } = image;
  return {
    ...arm.renderBase(image),
    properties: {
      ...properties,
      hyperVGeneration: properties.hyperVGeneration ?? 'V1',
      architecture: properties.architecture ?? 'x64',
      provisioningState: image.state,
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const { properties, ...body } = readBody(call, shape, 'compute');
  const gallery = requireGallery(call, world);
  const id = `${gallery.id}/images/${call.param('name')}`;
  const existing = world.state.galleryImages.get(id);
  const base = arm.identify(call, world, { ...body, type: galleryImageType, existing });
  if (properties.osState === 'Specialized') throw notImplemented('specialized images');
  for (const name of ['osType', 'osState', 'hyperVGeneration', 'identifier'] as const)
    if (existing && JSON.stringify(existing.properties[name]) !== JSON.stringify(properties[name]))
      throw changeNotAllowed(`galleryImage.properties.${name}`);
  const image: GalleryImage = { ...base, id: existing?.id ?? id, gallery: gallery.id, properties };
  const collection = world.state.galleryImages;
  return acceptPut(call, world, {
    kind: 'image.put',
    form: 'gallery',
    resource: image,
    collection,
    isNew: !existing,
    render,
  });
}

function find(call: ArmCall, world: World): GalleryImage {
  const gallery = requireGallery(call, world);
  const found = world.state.galleryImages.get(`${gallery.id}/images/${call.param('name')}`);
  if (!found) throw resourceNotFound(`${galleryType}/${gallery.name}/images`, call.param('name'), gallery.group);
  return found;
}

function remove(call: ArmCall, world: World): Answer {
  const gallery = requireGallery(call, world);
  const image = world.state.galleryImages.get(`${gallery.id}/images/${call.param('name')}`);
  if (!image) return { status: 204 };
  if (world.state.galleryVersions.list((version) => arm.sameId(version.image, image.id)).length > 0)
    throw new ArmProblem(409, 'CannotDeleteResource', 'Can not delete resource before nested resources are deleted.');
  const collection = world.state.galleryImages;
  return acceptDelete(call, world, { kind: 'image.delete', form: 'gallery', resource: image, collection });
}

const inGallery = `/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/${galleryType}/{gallery}/images`;
const one = `${inGallery}/{name}`;

export const galleryImageRoutes: readonly Route[] = [
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
    path: inGallery,
    family: 'galleries',
    answer(call, world) {
      const { id } = requireGallery(call, world);
      const value = world.state.galleryImages.list((image) => arm.sameId(image.gallery, id)).map(render);
      return { status: 200, body: { value } };
    },
  },
];
