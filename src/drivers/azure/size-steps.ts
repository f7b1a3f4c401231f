import { ArmError } from '../../errors/arm-error.ts';
import type { NextStep } from '../../errors/azdock-error.ts';
import type { AzureMachine } from './azure-machine.ts';
import { squeezeLocation } from './catalogue/location-name.ts';
import { nearSizes } from './catalogue/near-sizes.ts';
import type { ImageNeeds, SizeWish } from './catalogue/obstacle.ts';
import type { SizeFacts } from './catalogue/size-facts.ts';
import { type AzureOptions, azureDefaults } from './options.ts';

/** What is asked for, for all machines of the command, as far as the size goes. */
export function sizeWish({ options, batch }: Pick<AzureMachine, 'options' | 'batch'>): SizeWish {
  const { size, availabilityZone, spot } = options;
  return { size, zone: availabilityZone, spot, count: batch.count };
}

/**
 * One step for each size that is near to the one asked for, and where to see the rest. Empty when this login may not read
 * sizes.
 *
 * @param image undefined when nothing is known of it
 */
export async function sizeSteps(machine: AzureMachine, image: ImageNeeds | undefined): Promise<readonly NextStep[]> {
  const { name, options } = machine;
  const catalogue = await machine.sizes().catch(() => undefined);
  if (catalogue === undefined) return [];
  const near = nearSizes({ ...sizeWish(machine), image }, catalogue);
  return [
    ...near.map((size) => ({
      label: `${size.vCpusAvailable} vCPUs, ${size.memoryGiB} GiB`,
      command: `azdock create ${name} ${[...choices(options), '--azure-size', size.name].join(' ')}`,
    })),
    { label: 'All that can be had', command: `azdock sizes --azure-location ${catalogue.location}` },
  ];
}

/**
 * Steps for near sizes that can do what the one asked for cannot; where none is known, how to look for one.
 *
 * @param flags what else the command has to say
 */
export async function suitableSizes(
  machine: AzureMachine,
  { image, flags, suits }: { readonly image?: ImageNeeds; readonly flags: string; suits(size: SizeFacts): boolean },
): Promise<readonly NextStep[]> {
  const { name, options } = machine;
  const catalogue = await machine.sizes().catch(() => undefined);
  const near = catalogue === undefined ? [] : nearSizes({ ...sizeWish(machine), image, suits }, catalogue, 2);
  if (near.length === 0)
    return [{ label: 'Other sizes', command: `azdock sizes --azure-location ${squeezeLocation(options.location)}` }];
  const given = [name, ...choices(options), flags].filter(Boolean).join(' ');
  return near.map((size) => ({
    label: `${size.vCpusAvailable} vCPUs, ${size.memoryGiB} GiB`,
    command: `azdock create ${given} --azure-size ${size.name}`,
  }));
}

/** Flags without which another size might not be there, or not run the image. */
function choices({ location, availabilityZone, spot, image }: AzureOptions): string[] {
  return [
    ...(location === azureDefaults.location ? [] : ['--azure-location', location.replaceAll(' ', '')]),
    ...(availabilityZone === undefined ? [] : ['--azure-availability-zone', availabilityZone]),
    ...(spot ? ['--azure-spot'] : []),
    ...(image === azureDefaults.image ? [] : ['--azure-image', image]),
  ];
}

/** A refusal for lack of room or quota, with near sizes instead of a usual one as what to do. Any other error is given back. */
export async function withNearSizes(error: unknown, machine: AzureMachine, image: ImageNeeds): Promise<unknown> {
  if (!(error instanceof ArmError) || error.azure === undefined) return error;
  if (error.kind !== 'capacity' && error.kind !== 'quota') return error;
  // The size is there; it is the price that was too low.
  if (/max price/i.test(error.azure.message ?? '')) return error;
  const steps = await sizeSteps(machine, image);
  if (steps.length === 0) return error;
  const { message, kind, azure, nextSteps, resource, details, cause } = error;
  return new ArmError(message, kind, azure, {
    nextSteps: [...nextSteps.filter(({ command }) => !command.includes(' --azure-size ')), ...steps],
    details,
    cause,
    ...(resource === undefined ? {} : { resource }),
  });
}
