import type { Secret } from '../../secret/secret.ts';

/** How azdock proves to Azure who it is. `auto` decides by what is there: see `login.ts`. */
export const loginMethods = [
  'auto',
  'client-secret',
  'workload-identity',
  'github-oidc',
  'managed-identity',
  'az',
  'device-code',
] as const;
export type LoginMethod = (typeof loginMethods)[number];

/** A machine on Azure as asked for. Names of fields follow docker-machine's flags (docker/machine:drivers/azure). */
export interface AzureOptions {
  /** `--azure-environment`: a cloud's name, or `sandbox`. */
  readonly environment: string;
  /** `--azure-subscription-id`. Undefined: az's default subscription, or the sandbox's. */
  readonly subscriptionId: string | undefined;
  /** `--azure-tenant-id`. Undefined: Azure tells. */
  readonly tenantId: string | undefined;
  /** `--azure-login` */
  readonly login: LoginMethod;
  readonly clientId: string | undefined;
  readonly clientSecret: Secret | undefined;
  readonly resourceGroup: string;
  readonly location: string;
  readonly size: string;
  /** `publisher:offer:sku:version`, or the resource id of an image. */
  readonly image: string;
  readonly sshUser: string;
  readonly sshPort: number;
  readonly dockerPort: number;
  /** `[group:]name`. */
  readonly virtualNetwork: string;
  readonly subnet: string;
  readonly subnetPrefix: string;
  readonly availabilitySet: string | undefined;
  readonly customDataFile: string | undefined;
  readonly privateIpAddress: string | undefined;
  /** SKU of the managed OS disk. */
  readonly storageType: string;
  /** Undefined: the image's own size. */
  readonly diskSizeGiB: number | undefined;
  readonly usePrivateIp: boolean;
  readonly noPublicIp: boolean;
  readonly staticPublicIp: boolean;
  readonly dnsLabel: string | undefined;
  /** `port[/protocol]` or `from-to[/protocol]`; protocol is tcp, udp or *. */
  readonly openPorts: readonly string[];
  /**
   * The record was written by docker-machine or rancher: nothing was journaled, and no resource carries azdock's tags, so
   * removal goes by the names that they give.
   */
  readonly adopted: boolean;
}

/** What a new machine gets when nothing else is asked for: what Azure offers broadly in 2026, at a modest price. */
export const azureDefaults = {
  environment: 'AzurePublicCloud',
  login: 'auto',
  resourceGroup: 'docker-machine',
  location: 'westeurope',
  size: 'Standard_B2s_v2',
  image: 'Canonical:ubuntu-24_04-lts:server:latest',
  sshUser: 'docker-user',
  sshPort: 22,
  dockerPort: 2376,
  virtualNetwork: 'docker-machine-vnet',
  subnet: 'docker-machine',
  subnetPrefix: '192.168.0.0/16',
  storageType: 'StandardSSD_LRS',
} as const;
