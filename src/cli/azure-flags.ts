import { option } from '@oclif/core/flags';
import type { InferredFlags } from '@oclif/core/interfaces';
import type { AzureOptions, ProvisionerChoice } from '../machine/create-request.ts';
import { Secret } from '../secret/secret.ts';
import { type FlagText, port, repeated, text, wholeNumber, yes } from './flags.ts';

const WHERE = 'Azure: where';
const MACHINE = 'Azure: virtual machine';
const NETWORK = 'Azure: network';
const LOGIN = 'Azure: login';

const azure = (name: string, flag: FlagText) => text({ env: `AZURE_${name}`, ...flag });

/**
 * Flags of driver `azure`. Names and environment variables are docker-machine's (docker/machine:drivers/azure/azure.go), and
 * rancher's for tenant and disk size; those under AZDOCK_ are azdock's own.
 */
export const azureFlags = {
  'azure-environment': azure('ENVIRONMENT', {
    helpValue: 'CLOUD',
    summary: 'AzurePublicCloud, AzureUSGovernmentCloud, AzureChinaCloud, or sandbox [default: AzurePublicCloud]',
    helpGroup: WHERE,
  }),
  'azure-subscription-id': azure('SUBSCRIPTION_ID', {
    helpValue: 'ID',
    summary: 'Subscription [default: the one that the az program uses]',
    helpGroup: WHERE,
  }),
  'azure-resource-group': azure('RESOURCE_GROUP', {
    helpValue: 'NAME',
    summary: 'Resource group, made if it is not there [default: docker-machine]',
    helpGroup: WHERE,
  }),
  'azure-location': azure('LOCATION', {
    helpValue: 'REGION',
    summary: 'Region [default: westeurope]',
    helpGroup: WHERE,
  }),

  'azure-size': azure('SIZE', { helpValue: 'SIZE', summary: 'Size [default: Standard_B2s_v2]', helpGroup: MACHINE }),
  'azure-image': azure('IMAGE', {
    helpValue: 'IMAGE',
    summary:
      'publisher:offer:sku:version, or the resource id of an image [default: Canonical:ubuntu-24_04-lts:server:latest]',
    helpGroup: MACHINE,
  }),
  'azure-storage-type': azure('STORAGE_TYPE', {
    helpValue: 'SKU',
    summary: 'Kind of the managed disk [default: StandardSSD_LRS]',
    helpGroup: MACHINE,
  }),
  'azure-disk-size': wholeNumber({
    env: 'AZURE_DISK_SIZE',
    helpValue: 'GIB',
    summary: "Size of the disk in GiB [default: the image's]",
    helpGroup: MACHINE,
  }),
  'azure-ssh-user': azure('SSH_USER', {
    helpValue: 'NAME',
    summary: 'User for SSH logins [default: docker-user]',
    helpGroup: MACHINE,
  }),
  'azure-custom-data': azure('CUSTOM_DATA_FILE', {
    helpValue: 'FILE',
    summary: 'Custom data for the first boot, such as a cloud-config',
    helpGroup: MACHINE,
  }),
  'azure-availability-set': azure('AVAILABILITY_SET', {
    helpValue: 'NAME',
    summary: 'Availability set [default: none]',
    helpGroup: MACHINE,
  }),
  'azure-provisioner': option({
    options: ['auto', 'docker-extension', 'custom-script', 'cloud-init', 'ssh'] as const satisfies ProvisionerChoice[],
    env: 'AZDOCK_AZURE_PROVISIONER',
    helpValue: 'HOW',
    summary:
      'How Docker gets onto the machine: docker-extension, custom-script, cloud-init, ssh, or what works in the region [default: auto]',
    helpGroup: MACHINE,
  })(),

  'azure-docker-port': port({
    env: 'AZURE_DOCKER_PORT',
    summary: 'Port of the engine [default: 2376]',
    helpGroup: NETWORK,
  }),
  'azure-open-port': repeated({
    helpValue: 'PORT[/PROTOCOL]',
    summary: 'Another port to open, tcp unless /udp or /* is added; may be repeated',
    helpGroup: NETWORK,
  }),
  'azure-vnet': azure('VNET', {
    helpValue: '[GROUP:]NAME',
    summary: 'Virtual network [default: docker-machine-vnet]',
    helpGroup: NETWORK,
  }),
  'azure-subnet': azure('SUBNET', {
    helpValue: 'NAME',
    summary: 'Subnet [default: docker-machine]',
    helpGroup: NETWORK,
  }),
  'azure-subnet-prefix': azure('SUBNET_PREFIX', {
    helpValue: 'CIDR',
    summary: 'Addresses of a subnet that has to be made [default: 192.168.0.0/16]',
    helpGroup: NETWORK,
  }),
  'azure-private-ip-address': text({
    helpValue: 'ADDRESS',
    summary: 'Private address [default: any free one]',
    helpGroup: NETWORK,
  }),
  'azure-use-private-ip': yes({ summary: 'Connect to the private address', helpGroup: NETWORK }),
  'azure-no-public-ip': yes({ summary: 'No public address; implies the private one', helpGroup: NETWORK }),
  'azure-static-public-ip': yes({
    summary: 'Accepted for docker-machine: every public address is static today',
    helpGroup: NETWORK,
  }),
  'azure-dns': azure('DNS_LABEL', {
    helpValue: 'LABEL',
    summary: 'Label of a DNS name for the public address',
    helpGroup: NETWORK,
  }),

  'azure-login': option({
    options: [
      'auto',
      'client-secret',
      'workload-identity',
      'github-oidc',
      'managed-identity',
      'az',
      'device-code',
    ] as const satisfies AzureOptions['login'][],
    env: 'AZDOCK_AZURE_LOGIN',
    helpValue: 'HOW',
    summary:
      'Login: client-secret, workload-identity, github-oidc, managed-identity, az, device-code, or what is there [default: auto]',
    helpGroup: LOGIN,
  })(),
  'azure-tenant-id': azure('TENANT_ID', {
    helpValue: 'ID',
    summary: "Microsoft Entra tenant [default: the subscription's]",
    helpGroup: LOGIN,
  }),
  'azure-client-id': azure('CLIENT_ID', {
    helpValue: 'ID',
    summary: 'Service principal or user-assigned identity',
    helpGroup: LOGIN,
  }),
  'azure-client-secret': azure('CLIENT_SECRET', {
    helpValue: 'SECRET',
    summary: 'Its secret; better given by the environment variable than here, where others can read it',
    helpGroup: LOGIN,
  }),
};

/** What was given of the options of driver `azure`; undefined where nothing was. */
export type AzureValues = {
  readonly [Key in keyof Omit<AzureOptions, 'adopted' | 'sshPort'>]: AzureOptions[Key] | undefined;
};

/** The flags as one object, in the driver's words. */
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
    openPorts: flags['azure-open-port'],
  };
}
