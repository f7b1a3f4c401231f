import { RecordError } from '../../errors/record-error.ts';
import type { ExistingVm } from './existing/existing-vm.ts';
import { type NetworkPlace, parsePlace, parseSubnetPlace, type SubnetPlace } from './network-place.ts';

/** Value of each tag is the machine's name. On every resource that belongs to one machine. */
export const MACHINE_TAG = 'azdock-machine';
/** Value is the machine's own UUID: what removal is verified by. */
export const ID_TAG = 'azdock-id';
/** The same on a VM that was there before: by it nothing is ever removed. */
export const ADOPTED_TAG = 'azdock-adopted';
/** Value is the UUID of the store that made the machine: by it other people's machines are told from what a store has lost. */
export const STORE_TAG = 'azdock-store';
/** On a group, network or availability set that azdock made and machines share. They never carry {@link ID_TAG}. */
export const SHARED_TAG = 'azdock-shared';

export interface Naming {
  readonly machine: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** `[group:]name`, or a resource id. */
  readonly virtualNetwork: string;
  /** Name, or a resource id. */
  readonly subnet: string;
  /** An existing one, as `[group:]name` or a resource id. */
  readonly securityGroup: string | undefined;
  readonly availabilitySet: string | undefined;
  /** A VM that is there, whatever it is called. */
  readonly existing?: ExistingVm | undefined;
}

/** Names and ids of everything that makes up a machine; the names are docker-machine's (docker/machine:drivers/azure/azureutil/naming.go). */
export interface AzureNames {
  readonly group: string;
  readonly vnetGroup: string;
  readonly vm: string;
  readonly computer: string;
  readonly disk: string;
  readonly nic: string;
  readonly publicIp: string;
  /** Of a machine with IPv6. */
  readonly publicIpV6: string;
  /** The machine's own network security group; there is none where `securityGroup` is another one. */
  readonly firewall: string;
  /** The user's own network security group. */
  readonly securityGroup: NetworkPlace | undefined;
  /** Network and subnet, and how they were named. */
  readonly place: SubnetPlace;
  readonly vnet: string;
  readonly subnet: string;
  readonly availabilitySet: string | undefined;
  readonly ids: {
    readonly group: string;
    readonly vm: string;
    readonly disk: string;
    readonly nic: string;
    readonly publicIp: string;
    readonly publicIpV6: string;
    readonly firewall: string;
    /** Of the group that the network interface gets: the machine's own, or the user's. */
    readonly securityGroup: string;
    readonly vnet: string;
    readonly subnet: string;
    readonly availabilitySet: string | undefined;
  };
}

export function azureNames(naming: Naming): AzureNames {
  const names = usualNames(naming);
  const { existing } = naming;
  if (existing === undefined) return names;
  const { vm, nic, publicIp = names.ids.publicIp, publicIpV6 = names.ids.publicIpV6 } = existing;
  const name = (id: string) => id.slice(id.lastIndexOf('/') + 1);
  return {
    ...names,
    vm: name(vm),
    nic: name(nic),
    publicIp: name(publicIp),
    publicIpV6: name(publicIpV6),
    ids: { ...names.ids, vm, nic, publicIp, publicIpV6 },
  };
}

function usualNames(naming: Naming): AzureNames {
  const { machine, subscriptionId, resourceGroup, availabilitySet } = naming;
  const place = subnetPlace(naming);
  const securityGroup = securityGroupPlace(naming);
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  const network = `${group}/providers/Microsoft.Network`;
  const compute = `${group}/providers/Microsoft.Compute`;
  const [disk, nic, publicIp, publicIpV6, firewall] = [
    `${machine}-os-disk`,
    `${machine}-nic`,
    `${machine}-ip`,
    `${machine}-ip6`,
    `${machine}-firewall`,
  ];
  const firewallId = `${network}/networkSecurityGroups/${firewall}`;
  return {
    group: resourceGroup,
    vnetGroup: place.vnet.group,
    vm: machine,
    // A host name has no dots, and does not end with a hyphen.
    computer: machine.replaceAll('.', '-').replace(/-+$/, ''),
    disk,
    nic,
    publicIp,
    publicIpV6,
    firewall,
    securityGroup,
    place,
    vnet: place.vnet.name,
    subnet: place.name,
    availabilitySet,
    ids: {
      group,
      vm: `${compute}/virtualMachines/${machine}`,
      disk: `${compute}/disks/${disk}`,
      nic: `${network}/networkInterfaces/${nic}`,
      publicIp: `${network}/publicIPAddresses/${publicIp}`,
      publicIpV6: `${network}/publicIPAddresses/${publicIpV6}`,
      firewall: firewallId,
      securityGroup: securityGroup?.id ?? firewallId,
      vnet: place.vnet.id,
      subnet: place.id,
      availabilitySet: availabilitySet && `${compute}/availabilitySets/${availabilitySet}`,
    },
  };
}

/** Values of flags are read before; a record can say anything. */
function subnetPlace(naming: Naming): SubnetPlace {
  const place = parseSubnetPlace(naming, naming);
  if (place !== undefined) return place;
  const { virtualNetwork, subnet } = naming;
  throw unreadable(naming.machine, `network ${virtualNetwork} and subnet ${subnet}, which cannot be found by that`);
}

function securityGroupPlace(naming: Naming): NetworkPlace | undefined {
  const { securityGroup, machine } = naming;
  if (securityGroup === undefined) return undefined;
  const place = parsePlace(securityGroup, 'networkSecurityGroups', naming);
  if (place !== undefined) return place;
  throw unreadable(machine, `network security group ${securityGroup}, which cannot be found by that`);
}

function unreadable(machine: string, what: string): RecordError {
  return new RecordError(`The record of ${machine} names ${what}.`, {
    resource: machine,
    nextSteps: [{ label: 'Look at it', command: `azdock inspect ${machine}` }],
  });
}

/** Tags of a resource that belongs to this machine alone, the user's among them. One that azdock did not make has no id. */
export function machineTags({ name, id, storeId, options }: Tagged): Record<string, string> {
  return {
    ...options.tags,
    [MACHINE_TAG]: name,
    ...(id === '' ? {} : { [options.existing === undefined ? ID_TAG : ADOPTED_TAG]: id }),
    ...(storeId === undefined ? {} : { [STORE_TAG]: storeId }),
  };
}

/** What tags are made of; a machine on Azure has it. */
export interface Tagged {
  readonly name: string;
  readonly id: string;
  /** Undefined for machines from before there was such a tag. */
  readonly storeId?: string | undefined;
  readonly options: { readonly tags: Readonly<Record<string, string>>; readonly existing?: ExistingVm | undefined };
}

/** Tags of a resource that machines share. */
export function sharedTags(): Record<string, string> {
  return { [SHARED_TAG]: 'true' };
}

/** Azure keeps the case of ids as written, and compares them without. */
export function isSameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
