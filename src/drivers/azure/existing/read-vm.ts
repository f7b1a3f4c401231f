import type { VirtualMachine, VirtualMachineExtension } from '@azure/arm-compute';
import type {
  NetworkInterface,
  NetworkInterfaceIPConfiguration,
  NetworkSecurityGroup,
  PublicIPAddress,
  Subnet,
} from '@azure/arm-network';
import { isNotFound } from '../arm-failure.ts';
import type { ArmClients } from '../clients.ts';
import { callOptions } from '../long-running.ts';
import { parseResourceId, type ResourceId } from '../resource-id.ts';
import type { AzureOptions } from '../options.ts';
import type { AzureSession } from '../session.ts';
import { unlessForbidden } from '../unless-forbidden.ts';

/** A VM with all that it is reached through, as Azure has it. */
export interface FoundVm {
  readonly id: ResourceId;
  /** With its instance view. */
  readonly vm: VirtualMachine;
  readonly extensions: readonly VirtualMachineExtension[];
  /** The primary interface, and its primary configuration. */
  readonly nic: NetworkInterface;
  readonly configuration: NetworkInterfaceIPConfiguration;
  readonly publicIp: PublicIPAddress | undefined;
  readonly publicIpV6: PublicIPAddress | undefined;
  /** Security groups of interface and subnet: each has to let somebody in. Those that this login may not read are missing. */
  readonly groups: readonly NetworkSecurityGroup[];
}

/** What a look at a VM needs. */
export interface VmLook {
  readonly session: AzureSession;
  /** The machine's name, for texts about failures. */
  readonly name: string;
  readonly options: AzureOptions;
  readonly signal: AbortSignal;
}

/** Reads a VM. @returns undefined when it is not there @throws what AzureSession.call throws */
export async function readVm(id: ResourceId, look: VmLook): Promise<FoundVm | undefined> {
  const [name = ''] = id.names;
  const vm = await ask(look, `virtual machine ${name}`, id.id, async ({ compute }) =>
    (await compute()).virtualMachines.get(id.group, name, { ...callOptions(look.signal), expand: 'instanceView' }),
  );
  if (vm === undefined) return undefined;
  const interfaces = vm.networkProfile?.networkInterfaces ?? [];
  const nicId = (interfaces.find(({ primary }) => primary === true) ?? interfaces[0])?.id;
  const nic = await find(look, 'network interface', nicId, async ({ network }, { group, names: [nicName = ''] }) =>
    (await network()).networkInterfaces.get(group, nicName, callOptions(look.signal)),
  );
  const configurations = nic?.ipConfigurations ?? [];
  const configuration = configurations.find(({ primary }) => primary === true) ?? configurations[0];
  if (nic === undefined || configuration === undefined) return undefined;
  const ipv6 = configurations.find((one) => one.privateIPAddressVersion === 'IPv6' && one !== configuration);
  const [publicIp, publicIpV6, subnet, extensions] = await Promise.all([
    findAddress(look, configuration),
    findAddress(look, ipv6),
    unlessForbidden(() => findSubnet(look, configuration.subnet?.id)),
    listExtensions(look, id),
  ]);
  const groupIds = [nic.networkSecurityGroup?.id, subnet?.networkSecurityGroup?.id];
  const groups = await Promise.all(groupIds.map((group) => unlessForbidden(() => findGroup(look, group))));
  return {
    id,
    vm,
    extensions,
    nic,
    configuration,
    publicIp,
    publicIpV6,
    groups: groups.filter((group) => group !== undefined),
  };
}

async function listExtensions(look: VmLook, { id, group, names: [name = ''] }: ResourceId) {
  const found = await ask(look, 'extensions', id, async ({ compute }) =>
    (await compute()).virtualMachineExtensions.list(group, name, callOptions(look.signal)),
  );
  return found?.value ?? [];
}

function findAddress(look: VmLook, configuration: NetworkInterfaceIPConfiguration | undefined) {
  const id = configuration?.publicIPAddress?.id;
  return find(look, 'public IP', id, async ({ network }, { group, names: [name = ''] }) =>
    (await network()).publicIPAddresses.get(group, name, callOptions(look.signal)),
  );
}

function findSubnet(look: VmLook, id: string | undefined): Promise<Subnet | undefined> {
  return find(look, 'subnet', id, async ({ network }, { group, names: [vnet = '', name = ''] }) =>
    (await network()).subnets.get(group, vnet, name, callOptions(look.signal)),
  );
}

function findGroup(look: VmLook, id: string | undefined): Promise<NetworkSecurityGroup | undefined> {
  return find(look, 'network security group', id, async ({ network }, { group, names: [name = ''] }) =>
    (await network()).networkSecurityGroups.get(group, name, callOptions(look.signal)),
  );
}

async function find<T>(
  look: VmLook,
  kind: string,
  id: string | undefined,
  work: (clients: ArmClients, id: ResourceId) => Promise<T>,
): Promise<T | undefined> {
  const parsed = id === undefined ? undefined : parseResourceId(id);
  if (parsed === undefined) return undefined;
  return ask(look, `${kind} ${parsed.names.at(-1)}`, parsed.id, (clients) => work(clients, parsed));
}

function ask<T>(
  { session, name: machine, options, signal }: VmLook,
  what: string,
  resource: string,
  work: (clients: ArmClients) => Promise<T>,
): Promise<T | undefined> {
  return session.call({ doing: `read ${what}`, resource, machine, options }, signal, async (clients) =>
    work(clients).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    }),
  );
}
