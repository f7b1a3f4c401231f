import type { Deed } from './arm-meanings.ts';
import type { SizeCatalogue } from './catalogue/read-sizes.ts';
import type { AzureDependencies } from './dependencies.ts';
import { type AzureNames, azureNames } from './naming.ts';
import type { AzureOptions } from './options.ts';
import type { AzureSession } from './session.ts';
import { unlessForbidden } from './unless-forbidden.ts';

/** One machine on Azure: what was asked for, how its things are called, and the login to work on them. */
export interface AzureMachine {
  readonly name: string;
  /** Value of the tag `azdock-id`. */
  readonly id: string;
  readonly options: AzureOptions;
  readonly names: AzureNames;
  readonly session: AzureSession;
  readonly dependencies: AzureDependencies;
  /**
   * Sizes of its region and quotas, asked for once, however many want to know. Undefined when this login may not read them.
   * @throws what AzureSession.call throws
   */
  sizes(): Promise<SizeCatalogue | undefined>;
}

export function azureMachine(facts: Omit<AzureMachine, 'names' | 'sizes'>): AzureMachine {
  const { options, session, name } = facts;
  const names = azureNames({ ...options, machine: name, subscriptionId: session.subscriptionId });
  let sizes: Promise<SizeCatalogue | undefined> | undefined;
  return {
    ...facts,
    names,
    sizes() {
      sizes ??= unlessForbidden(async () => {
        const { readSizes } = await import('./catalogue/read-sizes.ts');
        return readSizes({ session, name, options });
      }).catch((error: unknown) => {
        sizes = undefined;
        throw error;
      });
      return sizes;
    },
  };
}

/** Describes a deed for the sentence about its failure. */
export function deed(machine: Pick<AzureMachine, 'name' | 'options'>, doing: string, resource: string): Deed {
  return { doing, resource, machine: machine.name, options: machine.options };
}
