import type { DataDisk, SecurityProfile, VirtualMachine } from '@azure/arm-compute';
import type { AzureMachine } from './azure-machine.ts';
import type { SizeFacts } from './catalogue/size-facts.ts';
import { dataDiskName, dataDisksOf, fastDiskSkus } from './data-disk.ts';
import { imageReference } from './image.ts';
import type { ImageFacts } from './image-facts/image-facts.ts';
import { machineTags } from './naming.ts';
import type { AzureOptions } from './options.ts';
import { osDisk } from './os-disk.ts';
import { wantedPlan } from './plan.ts';
import { proximityGroupOf } from './proximity-group.ts';
import { hasTrustedLaunch } from './trusted-launch.ts';

/** Largest data disk that can be cached on the host, in GiB (learn.microsoft.com, "Azure premium storage", disk caching). */
const MAX_CACHED_GIB = 4_095;

/** What a VM's request is made of, beside the options. */
export interface VmParts {
  readonly image: ImageFacts;
  /** Undefined where this login may not read sizes. */
  readonly size: SizeFacts | undefined;
  /** One `authorized_keys` line. */
  readonly sshPublicKey: string;
  readonly customData: Buffer | undefined;
}

/** The request that makes the VM. Disks, NIC and public IP go when it goes. */
export function vmBody(machine: AzureMachine, parts: VmParts): VirtualMachine {
  const { name, names, options } = machine;
  const { image, size } = parts;
  const plan = wantedPlan(options, image);
  const proximityGroup = proximityGroupOf(machine)?.id;
  const securityProfile = security(options, parts);
  return {
    location: options.location,
    tags: machineTags(machine),
    ...(plan === undefined ? {} : { plan: { ...plan } }),
    ...(options.availabilityZone === undefined ? {} : { zones: [options.availabilityZone] }),
    ...identity(options),
    hardwareProfile: { vmSize: options.size },
    storageProfile: {
      imageReference: imageReference(options.image),
      osDisk: osDisk(names.disk, options, { size, imageGiB: image.sizeGiB }),
      ...(options.dataDisks.length === 0 ? {} : { dataDisks: dataDisks(name, options) }),
    },
    osProfile: osProfile(machine, parts),
    networkProfile: { networkInterfaces: [{ id: names.ids.nic, primary: true, deleteOption: 'Delete' }] },
    diagnosticsProfile: { bootDiagnostics: bootDiagnostics(options) },
    ...(securityProfile === undefined ? {} : { securityProfile }),
    ...(names.ids.availabilitySet === undefined ? {} : { availabilitySet: { id: names.ids.availabilitySet } }),
    ...(proximityGroup === undefined ? {} : { proximityPlacementGroup: { id: proximityGroup } }),
    ...spot(options),
  };
}

function osProfile({ names, options }: AzureMachine, { sshPublicKey, customData }: VmParts) {
  const path = `/home/${options.sshUser}/.ssh/authorized_keys`;
  return {
    computerName: names.computer,
    adminUsername: options.sshUser,
    ...(options.password === undefined ? {} : { adminPassword: options.password.reveal() }),
    linuxConfiguration: {
      disablePasswordAuthentication: options.password === undefined,
      ssh: { publicKeys: [{ path, keyData: sshPublicKey.trim() }] },
    },
    ...(customData === undefined ? {} : { customData: customData.toString('base64') }),
  };
}

function dataDisks(machine: string, options: AzureOptions): DataDisk[] {
  return dataDisksOf(options).map(({ sizeGiB, sku }, lun) => ({
    lun,
    name: dataDiskName(machine, lun),
    createOption: 'Empty',
    diskSizeGB: sizeGiB,
    caching: sizeGiB > MAX_CACHED_GIB || fastDiskSkus.some((fast) => fast === sku) ? 'None' : 'ReadOnly',
    deleteOption: 'Delete',
    managedDisk: { storageAccountType: sku ?? options.storageType },
  }));
}

function security(options: AzureOptions, { image, size }: VmParts): SecurityProfile | undefined {
  const { securityType, encryptionAtHost } = options;
  const encryption = encryptionAtHost ? { encryptionAtHost: true } : {};
  const isPossible = image.allowsTrustedLaunch && hasTrustedLaunch(options.size, size);
  if (securityType === 'trusted-launch' || (securityType === 'auto' && isPossible))
    return {
      ...encryption,
      securityType: 'TrustedLaunch',
      uefiSettings: { secureBootEnabled: true, vTpmEnabled: true },
    };
  // Where nothing is said, newer versions of the API take Trusted Launch by themselves.
  if (securityType === 'standard') return { ...encryption, securityType: 'Standard' };
  return encryptionAtHost ? encryption : undefined;
}

function identity({ identities }: AzureOptions): Pick<VirtualMachine, 'identity'> {
  if (identities.length === 0) return {};
  const userAssignedIdentities = Object.fromEntries(identities.map((id) => [id, {}]));
  return { identity: { type: 'UserAssigned', userAssignedIdentities } };
}

function bootDiagnostics({ bootDiagnostics: where }: AzureOptions) {
  if (where === 'none') return { enabled: false };
  return where === 'managed' ? { enabled: true } : { enabled: true, storageUri: where };
}

function spot(options: AzureOptions): Pick<VirtualMachine, 'priority' | 'evictionPolicy' | 'billingProfile'> {
  const { spot: isSpot, spotMaxPrice, spotEvictionPolicy, ephemeralOsDisk } = options;
  if (!isSpot) return {};
  // A machine whose system is on the physical host cannot be deallocated.
  const policy = spotEvictionPolicy ?? (ephemeralOsDisk === undefined ? 'deallocate' : 'delete');
  return {
    priority: 'Spot',
    evictionPolicy: policy === 'delete' ? 'Delete' : 'Deallocate',
    // -1: up to the price without Spot.
    billingProfile: { maxPrice: spotMaxPrice === undefined ? -1 : Number(spotMaxPrice) },
  };
}
