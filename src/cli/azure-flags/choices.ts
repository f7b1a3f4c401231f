import type { AzureOptions } from '../../machine/create-request.ts';

/** The driver's lists, said again so that help and completion load nothing of the driver; a test compares them. */
export const securityTypes = ['auto', 'standard', 'trusted-launch'] as const satisfies AzureOptions['securityType'][];
export const ephemeralPlacements = [
  'auto',
  'cache',
  'resource',
  'nvme',
] as const satisfies AzureOptions['ephemeralOsDisk'][];
export const evictionPolicies = ['deallocate', 'delete'] as const satisfies AzureOptions['spotEvictionPolicy'][];
