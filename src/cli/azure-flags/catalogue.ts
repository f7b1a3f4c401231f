import type { InferredFlags } from '@oclif/core/interfaces';
import type { AzureValues } from '../azure-flags.ts';
import { Secret } from '../../secret/secret.ts';
import { loginFlags } from './login.ts';
import { whereFlags } from './where.ts';

const {
  'azure-environment': environment,
  'azure-subscription-id': subscription,
  'azure-location': location,
} = whereFlags;

/** For verbs that ask a subscription what it can use. */
export const subscriptionFlags = {
  'azure-environment': environment,
  'azure-subscription-id': subscription,
  ...loginFlags,
};

/** For verbs that ask so of one region. */
export const regionFlags = { ...subscriptionFlags, 'azure-location': location };

type Given = InferredFlags<typeof subscriptionFlags> & { readonly 'azure-location'?: string | undefined };

/** The flags in the driver's words. */
export function catalogueValues(flags: Given): Partial<AzureValues> {
  const secret = flags['azure-client-secret'];
  return {
    environment: flags['azure-environment'],
    subscriptionId: flags['azure-subscription-id'],
    location: flags['azure-location'],
    login: flags['azure-login'],
    tenantId: flags['azure-tenant-id'],
    clientId: flags['azure-client-id'],
    clientSecret: secret === undefined ? undefined : new Secret(secret),
  };
}
