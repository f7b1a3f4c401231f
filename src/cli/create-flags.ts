import type { InferredFlags } from '@oclif/core/interfaces';
import type { CreateRequest, GenericOptionValues, ProvisionerChoice } from '../machine/create-request.ts';
import { azureFlags, type AzureValues, azureValues } from './azure-flags.ts';
import type { Secret } from '../secret/secret.ts';
import { classicFlags, refuseClassicFlags } from './classic-flags.ts';
import { engineFlags, engineValues } from './engine-flags.ts';
import { extensionFlags, type ExtensionValues, extensionValues } from './extension-flags.ts';
import { text, yes } from './flags.ts';
import { genericFlags, genericValues } from './generic-flags.ts';
import { noneFlags } from './none-flags.ts';
import type { PasswordPlaces } from './registry-password.ts';
import { swarmFlags, type SwarmValues, swarmValues } from './swarm-flags.ts';

/** All flags of `create`. */
export const createFlags = {
  driver: text({
    char: 'd',
    env: 'MACHINE_DRIVER',
    default: 'azure',
    helpValue: 'NAME',
    summary: 'Where the machine comes from: azure, generic (a host that is there), none (the URL of an engine)',
  }),
  tunnel: yes({
    env: 'AZDOCK_TUNNEL',
    summary: 'Open no port for Docker: the engine is reached through SSH, by a socket of this computer',
  }),
  ...azureFlags,
  ...classicFlags,
  ...genericFlags,
  ...noneFlags,
  ...engineFlags,
  ...extensionFlags,
  ...swarmFlags,
};

/** What `create` was asked for, one plain object a subject. */
export interface CreateValues {
  readonly driver: string;
  readonly azure: AzureValues & { readonly password?: Secret };
  readonly provisioner: ProvisionerChoice;
  readonly generic: GenericOptionValues;
  readonly none: { readonly url: string | undefined };
  readonly tunnel: boolean;
  readonly engine: CreateRequest['engine'];
  readonly tlsSans: readonly string[];
  readonly extension: ExtensionValues;
  readonly swarm: SwarmValues;
}

/** @throws UsageError when a value, a variable or a password is missing */
export async function createValues(
  flags: InferredFlags<typeof createFlags>,
  places: Omit<PasswordPlaces, 'file' | 'stdin'> & { readonly hasCompose?: boolean },
): Promise<CreateValues> {
  refuseClassicFlags(flags);
  return {
    driver: flags.driver,
    azure: azureValues(flags),
    provisioner: flags['azure-provisioner'] ?? 'auto',
    generic: genericValues(flags),
    none: { url: flags.url },
    tunnel: flags.tunnel,
    engine: engineValues(flags),
    tlsSans: flags['tls-san'],
    extension: await extensionValues(flags, places),
    swarm: swarmValues(flags),
  };
}
