import type { ImageReference, VirtualMachineImage } from '@azure/arm-compute';
import { PreCreateCheckError } from '../../errors/pre-create-check-error.ts';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { callOptions } from './long-running.ts';

/** What the VM needs to know about its image. */
export interface ImageFacts {
  /** True when it is of generation 2 and its publisher does not rule out Trusted Launch. */
  readonly allowsTrustedLaunch: boolean;
}

/** How a VM refers to the image: an id, or publisher, offer, sku and version. */
export function imageReference(image: string): ImageReference {
  if (/\/images\//i.test(image)) return { id: image };
  const { publisher, offer, sku, version } = parseUrn(image);
  return { publisher, offer, sku, version };
}

/** For people: `Ubuntu 24.04`, else the image as given. */
export function imageName(image: string): string {
  const ubuntu = /:(?:0001-com-)?ubuntu-(?:[a-z-]*-)?(\d\d)_(\d\d)/i.exec(image);
  return ubuntu === null ? image : `Ubuntu ${ubuntu[1]}.${ubuntu[2]}`;
}

/**
 * Asks the marketplace about the image. Images of one's own are left to Azure, as they can be in many kinds of galleries.
 *
 * @throws PreCreateCheckError when the region has no such image, or it comes with a purchase plan
 */
export async function findImage(machine: AzureMachine, signal?: AbortSignal): Promise<ImageFacts> {
  const { options } = machine;
  if (/\/images\//i.test(options.image)) return { allowsTrustedLaunch: false };
  const { publisher, offer, sku, version } = parseUrn(options.image);
  const image = await machine.session.call(
    deed(machine, `find image ${options.image}`, options.image),
    signal,
    async (to) => {
      const { virtualMachineImages } = await to.compute();
      try {
        const newest = { top: 1, orderby: 'name desc', ...callOptions(signal) };
        const exact =
          version.toLowerCase() === 'latest'
            ? (await virtualMachineImages.list(options.location, publisher, offer, sku, newest))[0]?.name
            : version;
        if (exact === undefined) return undefined;
        return await virtualMachineImages.get(options.location, publisher, offer, sku, exact, callOptions(signal));
      } catch (error) {
        if (isNotFound(error)) return undefined;
        throw error;
      }
    },
  );
  if (image === undefined) throw missing(machine, `${options.location} has no image ${options.image}.`);
  if (image.plan !== undefined)
    throw missing(machine, `Image ${options.image} comes with a purchase plan, which azdock cannot accept for you.`);
  return { allowsTrustedLaunch: allowsTrustedLaunch(image) };
}

function allowsTrustedLaunch(image: VirtualMachineImage): boolean {
  if (image.hyperVGeneration !== 'V2') return false;
  const security = image.features?.find(({ name }) => name?.toLowerCase() === 'securitytype');
  return security === undefined || /trustedlaunch/i.test(security.value ?? '');
}

function parseUrn(urn: string): { publisher: string; offer: string; sku: string; version: string } {
  const [publisher = '', offer = '', sku = '', version = 'latest'] = urn.split(':');
  return { publisher, offer, sku, version };
}

function missing({ name, options }: AzureMachine, message: string): PreCreateCheckError {
  const image = 'Canonical:ubuntu-24_04-lts:server:latest';
  return new PreCreateCheckError(message, {
    resource: options.image,
    nextSteps: [{ label: 'The default image', command: `azdock create ${name} --azure-image ${image}` }],
  });
}
