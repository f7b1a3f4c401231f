import type { Secret } from '../../secret/secret.ts';
import type { ExistingVm } from './existing/existing-vm.ts';

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

/** What protects the boot: `auto` takes Trusted Launch where image and size have it. */
export const securityTypes = ['auto', 'standard', 'trusted-launch'] as const;
/** Where an ephemeral OS disk lies on the physical host; `auto` takes what the size has room for. */
export const ephemeralPlacements = ['auto', 'cache', 'resource', 'nvme'] as const;
/** What Azure does with a Spot VM whose place it needs. */
export const evictionPolicies = ['deallocate', 'delete'] as const;

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
  /** `publisher:offer:sku:version`, an alias such as `Ubuntu2404`, or the resource id of an image or a gallery's. */
  readonly image: string;
  /** `--azure-plan`: `publisher:product:plan` of a marketplace image. Undefined: the image's own. */
  readonly plan: string | undefined;
  /** `--azure-accept-terms`: the user agrees to the legal terms of the plan. */
  readonly acceptTerms: boolean;
  readonly sshUser: string;
  readonly sshPort: number;
  /** The SSH user may log in with a password as well. */
  readonly passwordLogin: boolean;
  /** Goes with {@link passwordLogin}; never written. Undefined when the options were read from a record. */
  readonly password: Secret | undefined;
  readonly dockerPort: number;
  /** `[group:]name`, or a resource id. */
  readonly virtualNetwork: string;
  /** Name, or a resource id, which names the network as well. */
  readonly subnet: string;
  readonly subnetPrefix: string;
  readonly availabilitySet: string | undefined;
  /** Of an availability set that has to be made. Undefined: 2, which every region has. */
  readonly faultDomainCount: number | undefined;
  /** Of an availability set that has to be made. Undefined: 5, Azure's own default. */
  readonly updateDomainCount: number | undefined;
  /** `1`, `2` or `3`. */
  readonly availabilityZone: string | undefined;
  /** `[group:]name`, or a resource id. Made where it is absent. */
  readonly proximityPlacementGroup: string | undefined;
  /** `--fallback`: sizes and zones that may be had instead, in order: `SIZE`, `SIZE@ZONE` or `zone:ZONE`. */
  readonly fallback: readonly string[];
  readonly customDataFile: string | undefined;
  readonly privateIpAddress: string | undefined;
  /** SKU of the managed OS disk. */
  readonly storageType: string;
  /** Undefined: the image's own size. */
  readonly diskSizeGiB: number | undefined;
  /** Undefined: a managed disk. */
  readonly ephemeralOsDisk: (typeof ephemeralPlacements)[number] | undefined;
  /** `GIB[:SKU[:PATH]]`; the first one's path is /var/lib/docker when none stands there. */
  readonly dataDisks: readonly string[];
  readonly securityType: (typeof securityTypes)[number];
  readonly encryptionAtHost: boolean;
  readonly spot: boolean;
  /** US dollars an hour, as a decimal number. Undefined: up to the price without Spot. */
  readonly spotMaxPrice: string | undefined;
  /** Undefined: deallocate. */
  readonly spotEvictionPolicy: (typeof evictionPolicies)[number] | undefined;
  /** Resource ids of user-assigned identities. */
  readonly identities: readonly string[];
  /** `managed`, `none`, or the https URL of a storage account. */
  readonly bootDiagnostics: string;
  /** Tags beside azdock's own, on everything that belongs to the machine alone. */
  readonly tags: Readonly<Record<string, string>>;
  readonly usePrivateIp: boolean;
  readonly noPublicIp: boolean;
  readonly staticPublicIp: boolean;
  readonly dnsLabel: string | undefined;
  /** An existing network security group instead of one of the machine's own: `[group:]name` or a resource id. Never changed. */
  readonly securityGroup: string | undefined;
  /** Who may reach SSH, the engine and the open ports: addresses, CIDRs, service tags, or `*`. Empty: nobody was asked yet. */
  readonly allowFrom: readonly string[];
  /** The engine has no port; it is reached through SSH. */
  readonly tunnel: boolean;
  readonly ipv6: boolean;
  readonly acceleratedNetworking: boolean;
  /** `port[/protocol]` or `from-to[/protocol]`; protocol is tcp, udp or *. */
  readonly openPorts: readonly string[];
  /**
   * The record was written by docker-machine or rancher: nothing was journaled, and no resource carries azdock's tags, so
   * removal goes by the names that they give.
   */
  readonly adopted: boolean;
  /** `azdock adopt` has made a machine of a VM that was there. Undefined: the VM was made for the machine. */
  readonly existing: ExistingVm | undefined;
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
  securityType: 'auto',
  bootDiagnostics: 'managed',
} as const;
