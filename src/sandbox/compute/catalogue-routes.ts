import { ArmProblem } from '../arm/problem.ts';
import { normaliseLocation } from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import type { World } from '../world.ts';
import { findExtensionKind, publishedExtensions } from './extension-catalogue.ts';
import { findImages, findVersion, type Image, images } from './images.ts';
import { imageNotFound } from './problems.ts';
import { sizesOf } from './size-availability.ts';

const inLocation = '/subscriptions/{subscriptionId}/providers/Microsoft.Compute/locations/{location}';
const ofPublisher = `${inLocation}/publishers/{publisher}/artifacttypes`;

/** These lists are bare arrays, without `value`. */
function listing(call: ArmCall, world: World, path: string, names: readonly string[]): unknown {
  const location = normaliseLocation(call.param('location'), 'locations/publishers');
  const base = `/Subscriptions/${world.identity.subscriptionId}/Providers/Microsoft.Compute/Locations/${location}/Publishers`;
  return [...new Set(names)].map((name) => ({ location, name, id: `${base}${path}/${name}` }));
}

function get(path: string, answer: (call: ArmCall, world: World) => unknown): Route {
  return {
    method: 'GET',
    path,
    family: 'compute',
    answer: (call, world) => ({ status: 200, body: answer(call, world) }),
  };
}

function requireImages(call: ArmCall, offer?: string, sku?: string): readonly Image[] {
  const found = findImages(call.param('publisher'), offer, sku);
  if (found.length === 0)
    throw new ArmProblem(
      404,
      'NotFound',
      `Artifact: VMImage was not found for publisher '${call.param('publisher')}'.`,
    );
  return found;
}

/** `$top` and `$orderby=name desc` of the version lists. */
function arrange(call: ArmCall, versions: readonly string[]): readonly string[] {
  const ordered = call.query.get('$orderby')?.toLowerCase().includes('desc') ? versions.toReversed() : versions;
  const top = Number(call.query.get('$top') ?? Number.NaN);
  return Number.isInteger(top) ? ordered.slice(0, top) : ordered;
}

function imageDetail(call: ArmCall, world: World): unknown {
  const [publisher, offer, sku] = [call.param('publisher'), call.param('offer'), call.param('sku')];
  const [image] = findImages(publisher, offer, sku);
  const version = call.param('version');
  const found = image && findVersion(image, version);
  const location = normaliseLocation(call.param('location'), 'locations/publishers');
  if (!image || found === undefined)
    throw imageNotFound(`${publisher}:${offer}:${sku}:${version}' in location '${location}`);
  return {
    location,
    name: found,
    id: `/Subscriptions/${world.identity.subscriptionId}/Providers/Microsoft.Compute/Locations/${location}/Publishers/${image.publisher}/ArtifactTypes/VMImage/Offers/${image.offer}/Skus/${image.sku}/Versions/${found}`,
    properties: imageProperties(image),
  };
}

function imageProperties(image: Image): unknown {
  const features = {
    ...(image.securityType === undefined ? {} : { SecurityType: image.securityType }),
    IsAcceleratedNetworkSupported: 'True',
    DiskControllerTypes: image.diskControllers.join(', '),
  };
  return {
    hyperVGeneration: image.generation,
    architecture: image.architecture,
    osDiskImage: { operatingSystem: 'Linux' },
    dataDiskImages: [],
    automaticOSUpgradeProperties: { automaticOSUpgradeSupported: true },
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
    ...(image.plan === undefined ? {} : { plan: image.plan }),
    imageDeprecationStatus: {
      imageState: image.state,
      ...(image.deprecation === undefined ? {} : { scheduledDeprecationTime: image.deprecation }),
    },
  };
}

function extensionDetail(call: ArmCall, world: World): unknown {
  const kind = findExtensionKind(world, call.param('publisher'), call.param('type'));
  const version = kind?.versions.find((one) => one === call.param('version'));
  const location = normaliseLocation(call.param('location'), 'locations/publishers');
  if (!kind || version === undefined)
    throw new ArmProblem(
      404,
      'ArtifactNotFound',
      `The VM extension with publisher '${call.param('publisher')}' and type '${call.param('type')}' could not be found in location '${location}'.`,
    );
  return {
    location,
    name: version,
    id: `/Subscriptions/${world.identity.subscriptionId}/Providers/Microsoft.Compute/Locations/${location}/Publishers/${kind.publisher}/ArtifactTypes/VMExtension/Types/${kind.type}/Versions/${version}`,
    properties: {
      operatingSystem: 'Linux',
      computeRole: 'IaaS',
      handlerSchema: '',
      vmScaleSetEnabled: true,
      supportsMultipleExtensions: false,
    },
  };
}

export const catalogueRoutes: readonly Route[] = [
  get(`${inLocation}/publishers`, (call, world) =>
    listing(
      call,
      world,
      '',
      [...images, ...publishedExtensions(world)].map((one) => one.publisher),
    ),
  ),
  get(`${ofPublisher}/vmimage/offers`, (call, world) => {
    const found = requireImages(call);
    return listing(
      call,
      world,
      `/${call.param('publisher')}/ArtifactTypes/VMImage/Offers`,
      found.map(({ offer }) => offer),
    );
  }),
  get(`${ofPublisher}/vmimage/offers/{offer}/skus`, (call, world) => {
    const path = `/${call.param('publisher')}/ArtifactTypes/VMImage/Offers/${call.param('offer')}/Skus`;
    return listing(
      call,
      world,
      path,
      requireImages(call, call.param('offer')).map(({ sku }) => sku),
    );
  }),
  get(`${ofPublisher}/vmimage/offers/{offer}/skus/{sku}/versions`, (call, world) => {
    const found = requireImages(call, call.param('offer'), call.param('sku')).flatMap(({ versions }) => versions);
    const path = `/${call.param('publisher')}/ArtifactTypes/VMImage/Offers/${call.param('offer')}/Skus/${call.param('sku')}/Versions`;
    return listing(call, world, path, arrange(call, found));
  }),
  get(`${ofPublisher}/vmimage/offers/{offer}/skus/{sku}/versions/{version}`, imageDetail),
  get(`${ofPublisher}/vmextension/types`, (call, world) => {
    const publisher = call.param('publisher').toLowerCase();
    const kinds = publishedExtensions(world).filter((kind) => kind.publisher.toLowerCase() === publisher);
    return listing(
      call,
      world,
      `/${call.param('publisher')}/ArtifactTypes/VMExtension/Types`,
      kinds.map(({ type }) => type),
    );
  }),
  get(`${ofPublisher}/vmextension/types/{type}/versions`, (call, world) => {
    const kind = findExtensionKind(world, call.param('publisher'), call.param('type'));
    const path = `/${call.param('publisher')}/ArtifactTypes/VMExtension/Types/${call.param('type')}/Versions`;
    return listing(call, world, path, arrange(call, kind?.versions ?? []));
  }),
  get(`${ofPublisher}/vmextension/types/{type}/versions/{version}`, extensionDetail),
  get(`${inLocation}/vmSizes`, (call) => {
    const location = normaliseLocation(call.param('location'), 'locations/vmSizes');
    return {
      value: sizesOf(location).map((size) => ({
        name: size.name,
        numberOfCores: size.vCpus,
        osDiskSizeInMB: 1_047_552,
        resourceDiskSizeInMB: size.temporaryDiskMiB,
        memoryInMB: size.memoryMiB,
        maxDataDiskCount: size.maximumDataDisks,
      })),
    };
  }),
];
