import { checkAzureOptions } from './option-checks.ts';
import { type AzureOptions, azureDefaults } from './options.ts';
import { resolveImage } from './resolve-image.ts';
import { replaceRetired } from './retired.ts';
import { requireSources } from './sources.ts';

/** Every option, as when nothing was asked for. */
export const unsetOptions: AzureOptions = {
  ...azureDefaults,
  subscriptionId: undefined,
  tenantId: undefined,
  clientId: undefined,
  clientSecret: undefined,
  passwordLogin: false,
  password: undefined,
  plan: undefined,
  acceptTerms: false,
  availabilitySet: undefined,
  faultDomainCount: undefined,
  updateDomainCount: undefined,
  availabilityZone: undefined,
  proximityPlacementGroup: undefined,
  fallback: [],
  customDataFile: undefined,
  privateIpAddress: undefined,
  diskSizeGiB: undefined,
  ephemeralOsDisk: undefined,
  dataDisks: [],
  encryptionAtHost: false,
  spot: false,
  spotMaxPrice: undefined,
  spotEvictionPolicy: undefined,
  identities: [],
  tags: {},
  usePrivateIp: false,
  noPublicIp: false,
  staticPublicIp: false,
  dnsLabel: undefined,
  securityGroup: undefined,
  allowFrom: [],
  tunnel: false,
  ipv6: false,
  acceleratedNetworking: false,
  openPorts: [],
  adopted: false,
  existing: undefined,
};

/** Values of flags and their environment variables; what is undefined was not given. */
export type AzureOptionValues = {
  readonly [Key in keyof Omit<AzureOptions, 'adopted' | 'existing'>]?: AzureOptions[Key] | undefined;
};

/**
 * Fills in the defaults, replaces short names and what Azure no longer has, and checks each value by itself.
 *
 * @returns the options, and a line for the user about each replaced value
 * @throws UsageError naming the flag
 */
export function azureOptions(values: AzureOptionValues): { options: AzureOptions; warnings: readonly string[] } {
  const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
  const asked: AzureOptions = { ...unsetOptions, ...given };
  const { options, warnings } = replaceRetired({ ...asked, image: resolveImage(values.image, asked.size) });
  checkAzureOptions(options);
  return { options: { ...options, allowFrom: requireSources(options.allowFrom) }, warnings };
}
