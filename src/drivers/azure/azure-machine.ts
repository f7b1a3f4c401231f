import type { Deed } from './arm-meanings.ts';
import type { Batch } from './batch.ts';
import type { SizeCatalogue } from './catalogue/read-sizes.ts';
import type { AzureDependencies } from './dependencies.ts';
import type { Wish } from './fallback/wish.ts';
import { type AzureNames, azureNames } from './naming.ts';
import type { AzureOptions } from './options.ts';
import type { AzureSession } from './session.ts';
import { unlessForbidden } from './unless-forbidden.ts';

/** One machine on Azure: what was asked for, how its things are called, and the login to work on them. */
export interface AzureMachine {
  readonly name: string;
  /** Value of the tag `azdock-id`. */
  readonly id: string;
  /** Value of the tag `azdock-store`; undefined for a machine that has none. */
  readonly storeId: string | undefined;
  readonly options: AzureOptions;
  readonly names: AzureNames;
  readonly session: AzureSession;
  readonly dependencies: AzureDependencies;
  /** The machines that are made together with it. */
  readonly batch: Batch;
  /**
   * Sizes of its region and quotas, asked for once, however many want to know. Undefined when this login may not read them.
   * @throws what AzureSession.call throws
   */
  sizes(): Promise<SizeCatalogue | undefined>;
}

export function azureMachine(facts: Omit<AzureMachine, 'names' | 'sizes'>): AzureMachine {
  const { options, session, name, batch } = facts;
  return {
    ...facts,
    names: azureNames({ ...options, machine: name, subscriptionId: session.subscriptionId }),
    sizes: () =>
      batch.share('sizes', () =>
        unlessForbidden(async () => {
          const { readSizes } = await import('./catalogue/read-sizes.ts');
          return readSizes({ session, name, options });
        }),
      ),
  };
}

/** The same machine with another size and zone. @param fallback what may be tried after them */
export function withChoice(machine: AzureMachine, { size, zone }: Wish, fallback: readonly string[]): AzureMachine {
  return { ...machine, options: { ...machine.options, size, availabilityZone: zone, fallback } };
}

/** Describes a deed for the sentence about its failure. */
export function deed(machine: Pick<AzureMachine, 'name' | 'options'>, doing: string, resource: string): Deed {
  return { doing, resource, machine: machine.name, options: machine.options };
}
