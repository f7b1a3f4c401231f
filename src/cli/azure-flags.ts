import type { InferredFlags } from '@oclif/core/interfaces';
import { UsageError } from '../errors/usage-error.ts';
import type { AzureOptions } from '../machine/create-request.ts';
import { Secret } from '../secret/secret.ts';
import { diskFlags } from './azure-flags/disks.ts';
import { loginFlags } from './azure-flags/login.ts';
import { machineFlags } from './azure-flags/machine.ts';
import { networkFlags } from './azure-flags/network.ts';
import { spotFlags } from './azure-flags/spot.ts';
import { whereFlags } from './azure-flags/where.ts';
import { keyValues } from './flags.ts';

/**
 * Flags of driver `azure`. Names and environment variables are docker-machine's (docker/machine:drivers/azure/azure.go) and
 * rancher's (rancher/machine:drivers/azure/azure.go); those under AZDOCK_ are azdock's own.
 */
export const azureFlags = {
  ...whereFlags,
  ...machineFlags,
  ...diskFlags,
  ...spotFlags,
  ...networkFlags,
  ...loginFlags,
};

/** What was given of the options of driver `azure`; undefined where nothing was. */
export type AzureValues = {
  readonly [Key in keyof Omit<AzureOptions, 'adopted' | 'existing' | 'sshPort' | 'tunnel' | 'password'>]:
    | AzureOptions[Key]
    | undefined;
};

/** The flags as one object, in the driver's words. @throws UsageError when tags are no pairs */
export function azureValues(flags: InferredFlags<typeof azureFlags>): AzureValues {
  const secret = flags['azure-client-secret'];
  return {
    environment: flags['azure-environment'],
    subscriptionId: flags['azure-subscription-id'],
    tenantId: flags['azure-tenant-id'],
    login: flags['azure-login'],
    clientId: flags['azure-client-id'],
    clientSecret: secret === undefined ? undefined : new Secret(secret),
    resourceGroup: flags['azure-resource-group'],
    location: flags['azure-location'],
    size: flags['azure-size'],
    image: flags['azure-image'],
    sshUser: flags['azure-ssh-user'],
    passwordLogin: flags['azure-password-login'],
    dockerPort: flags['azure-docker-port'],
    virtualNetwork: flags['azure-vnet'],
    subnet: flags['azure-subnet'],
    subnetPrefix: flags['azure-subnet-prefix'],
    availabilitySet: flags['azure-availability-set'],
    customDataFile: flags['azure-custom-data'],
    privateIpAddress: flags['azure-private-ip-address'],
    storageType: flags['azure-storage-type'],
    diskSizeGiB: flags['azure-disk-size'],
    usePrivateIp: flags['azure-use-private-ip'],
    noPublicIp: flags['azure-no-public-ip'],
    staticPublicIp: flags['azure-static-public-ip'],
    dnsLabel: flags['azure-dns'],
    plan: flags['azure-plan'],
    acceptTerms: flags['azure-accept-terms'],
    faultDomainCount: flags['azure-fault-domain-count'],
    updateDomainCount: flags['azure-update-domain-count'],
    availabilityZone: flags['azure-availability-zone'],
    proximityPlacementGroup: flags['azure-proximity-placement-group'],
    fallback: flags.fallback,
    ephemeralOsDisk: flags['azure-ephemeral-os-disk'],
    dataDisks: flags['azure-data-disk'],
    securityType: flags['azure-security-type'],
    encryptionAtHost: flags['azure-encryption-at-host'],
    spot: flags['azure-spot'],
    spotMaxPrice: flags['azure-spot-max-price'],
    spotEvictionPolicy: flags['azure-spot-eviction-policy'],
    identities: flags['azure-identity'],
    bootDiagnostics: flags['azure-boot-diagnostics'],
    tags: { ...tagPairs(flags['azure-tags']), ...keyValues('azure-tag', flags['azure-tag']) },
    securityGroup: flags['azure-nsg'],
    allowFrom: flags['azure-allow-from'],
    ipv6: flags['azure-ipv6'],
    acceleratedNetworking: flags['azure-accelerated-networking'],
    openPorts: flags['azure-open-port'],
  };
}

/** rancher-machine's way to write tags: `key,value,key,value` (rancher/machine:drivers/azure/azure.go). */
function tagPairs(text: string | undefined): Record<string, string> {
  if (text === undefined || text === '') return {};
  const words = text.split(',');
  if (words.length % 2 !== 0)
    throw new UsageError(`--azure-tags ${JSON.stringify(text)}: expected key,value,key,value and so on.`, {
      resource: '--azure-tags',
    });
  return Object.fromEntries(words.flatMap((key, index) => (index % 2 === 0 ? [[key, words[index + 1] ?? '']] : [])));
}
