/** Value of each tag is the machine's name. On every resource that belongs to one machine. */
export const MACHINE_TAG = 'azdock-machine';
/** Value is the machine's own UUID: what removal is verified by. */
export const ID_TAG = 'azdock-id';
/** On a group, network or availability set that azdock made and machines share. They never carry {@link ID_TAG}. */
export const SHARED_TAG = 'azdock-shared';

export interface Naming {
  readonly machine: string;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  /** `[group:]name`. */
  readonly virtualNetwork: string;
  readonly subnet: string;
  readonly availabilitySet: string | undefined;
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
  readonly firewall: string;
  readonly vnet: string;
  readonly subnet: string;
  readonly availabilitySet: string | undefined;
  readonly ids: {
    readonly group: string;
    readonly vm: string;
    readonly disk: string;
    readonly nic: string;
    readonly publicIp: string;
    readonly firewall: string;
    readonly vnet: string;
    readonly subnet: string;
    readonly availabilitySet: string | undefined;
  };
}

export function azureNames(naming: Naming): AzureNames {
  const { machine, subscriptionId, resourceGroup, availabilitySet, subnet } = naming;
  const { group: vnetGroup, name: vnet } = splitVirtualNetwork(naming);
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  const network = `${group}/providers/Microsoft.Network`;
  const compute = `${group}/providers/Microsoft.Compute`;
  const vnetId = `/subscriptions/${subscriptionId}/resourceGroups/${vnetGroup}/providers/Microsoft.Network/virtualNetworks/${vnet}`;
  const [disk, nic, publicIp, firewall] = [
    `${machine}-os-disk`,
    `${machine}-nic`,
    `${machine}-ip`,
    `${machine}-firewall`,
  ];
  return {
    group: resourceGroup,
    vnetGroup,
    vm: machine,
    // A host name has no dots, and does not end with a hyphen.
    computer: machine.replaceAll('.', '-').replace(/-+$/, ''),
    disk,
    nic,
    publicIp,
    firewall,
    vnet,
    subnet,
    availabilitySet,
    ids: {
      group,
      vm: `${compute}/virtualMachines/${machine}`,
      disk: `${compute}/disks/${disk}`,
      nic: `${network}/networkInterfaces/${nic}`,
      publicIp: `${network}/publicIPAddresses/${publicIp}`,
      firewall: `${network}/networkSecurityGroups/${firewall}`,
      vnet: vnetId,
      subnet: `${vnetId}/subnets/${subnet}`,
      availabilitySet: availabilitySet && `${compute}/availabilitySets/${availabilitySet}`,
    },
  };
}

function splitVirtualNetwork(naming: Naming): { group: string; name: string } {
  const [first = '', second] = naming.virtualNetwork.split(':');
  return second === undefined ? { group: naming.resourceGroup, name: first } : { group: first, name: second };
}

/** Tags of a resource that belongs to this machine alone. One that azdock did not make has no id. */
export function machineTags(machine: string, id: string): Record<string, string> {
  return { [MACHINE_TAG]: machine, ...(id === '' ? {} : { [ID_TAG]: id }) };
}

/** Tags of a resource that machines share. */
export function sharedTags(): Record<string, string> {
  return { [SHARED_TAG]: 'true' };
}

/** Azure keeps the case of ids as written, and compares them without. */
export function isSameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
