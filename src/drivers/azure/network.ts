import { BlockList } from 'node:net';
import type { NetworkInterface, PublicIPAddress, Subnet, VirtualNetwork } from '@azure/arm-network';
import { ArmError } from '../../errors/arm-error.ts';
import type { Creation } from '../driver.ts';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { callOptions, finish, NETWORK_POLL } from './long-running.ts';
import { machineTags, sharedTags } from './naming.ts';
import { inGroup } from './resource-group.ts';
import { securityRules } from './security-rules.ts';

/** Address space of a new network: docker-machine's (docker/machine:drivers/azure/azure.go), so that later subnets find room. */
const ADDRESS_SPACE = ['192.168.0.0/16', '10.0.0.0/8', '172.16.0.0/12'];

/** One creation at work: the machine, where it writes down what it does, and the signal that stops it. */
export interface Making {
  readonly machine: AzureMachine;
  readonly creation: Creation;
  readonly signal: AbortSignal;
}

export async function putFirewall({ machine, creation, signal }: Making): Promise<void> {
  const { names, options, session } = machine;
  const body = {
    location: options.location,
    tags: machineTags(machine.name, machine.id),
    securityRules: securityRules({ ...options, sshPort: session.cloud.sshPort }),
  };
  await inGroup(machine, creation.journal, signal, async () => {
    await creation.journal.intend(names.ids.firewall, { shared: false });
    await session.call(deed(machine, `create firewall ${names.firewall}`, names.firewall), signal, async (to) => {
      const { networkSecurityGroups } = await to.network();
      const how = { ...NETWORK_POLL, abortSignal: signal };
      return finish(networkSecurityGroups.createOrUpdate(names.group, names.firewall, body, how), signal);
    });
  });
}

export async function putPublicIp({ machine, creation, signal }: Making): Promise<PublicIPAddress> {
  const { names, options, session } = machine;
  const body: PublicIPAddress = {
    location: options.location,
    tags: machineTags(machine.name, machine.id),
    sku: { name: 'Standard', tier: 'Regional' },
    publicIPAllocationMethod: 'Static',
    publicIPAddressVersion: 'IPv4',
    deleteOption: 'Delete',
    ...(options.dnsLabel === undefined ? {} : { dnsSettings: { domainNameLabel: options.dnsLabel } }),
  };
  return inGroup(machine, creation.journal, signal, async () => {
    await creation.journal.intend(names.ids.publicIp, { shared: false });
    return session.call(deed(machine, `create public IP ${names.publicIp}`, names.publicIp), signal, async (to) => {
      const { publicIPAddresses } = await to.network();
      const how = { ...NETWORK_POLL, abortSignal: signal };
      return finish(publicIPAddresses.createOrUpdate(names.group, names.publicIp, body, how), signal);
    });
  });
}

/** Makes the network and the subnet where they are absent. What exists is never written over: others may depend on it. */
export async function ensureSubnet(making: Making): Promise<void> {
  const { machine, creation, signal } = making;
  const { names, options } = machine;
  const ensure = async () => {
    const found = (await findVirtualNetwork(making)) ?? (await createVirtualNetwork(making));
    const subnet = found.subnets?.find(({ name }) => name?.toLowerCase() === names.subnet.toLowerCase());
    if (subnet === undefined) await createSubnet(making);
    else if (options.noPublicIp && subnet.defaultOutboundAccess === false)
      creation.progress.warn(
        `Subnet ${names.subnet} has no way out to the internet, and ${machine.name} has no public IP.`,
      );
  };
  if (names.vnetGroup.toLowerCase() !== names.group.toLowerCase()) return ensure();
  return inGroup(machine, creation.journal, signal, ensure);
}

async function findVirtualNetwork({ machine, signal }: Making): Promise<VirtualNetwork | undefined> {
  const { names, session } = machine;
  return session.call(deed(machine, `find network ${names.vnet}`, names.vnet), signal, async (to) => {
    const { virtualNetworks } = await to.network();
    return virtualNetworks.get(names.vnetGroup, names.vnet, callOptions(signal)).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
  });
}

async function createVirtualNetwork(making: Making): Promise<VirtualNetwork> {
  const { machine, creation, signal } = making;
  const { names, options, session } = machine;
  const body: VirtualNetwork = {
    location: options.location,
    tags: sharedTags(),
    addressSpace: { addressPrefixes: addressSpace(options.subnetPrefix) },
    subnets: [{ name: names.subnet, ...subnetBody(machine) }],
  };
  await creation.journal.intend(names.ids.vnet, { shared: true });
  await creation.journal.intend(names.ids.subnet, { shared: true });
  try {
    return await session.call(deed(machine, `create network ${names.vnet}`, names.vnet), signal, async (to) => {
      const { virtualNetworks } = await to.network();
      // Another creation may have made it a moment ago, with a subnet that this request would delete.
      const requestOptions = { headers: { 'if-none-match': '*' } };
      const how = { ...NETWORK_POLL, abortSignal: signal, requestOptions };
      return finish(virtualNetworks.createOrUpdate(names.vnetGroup, names.vnet, body, how), signal);
    });
  } catch (error) {
    const found = isPrecondition(error) ? await findVirtualNetwork(making) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

async function createSubnet({ machine, creation, signal }: Making): Promise<void> {
  const { names, session } = machine;
  await creation.journal.intend(names.ids.subnet, { shared: true });
  await session.call(deed(machine, `create subnet ${names.subnet}`, names.subnet), signal, async (to) => {
    const { subnets } = await to.network();
    const how = { ...NETWORK_POLL, abortSignal: signal };
    return finish(subnets.createOrUpdate(names.vnetGroup, names.vnet, names.subnet, subnetBody(machine), how), signal);
  });
}

/** The NIC. When the subnet vanished since it was looked at, another machine's removal took it along: it is made again. */
export async function putNic(making: Making): Promise<NetworkInterface> {
  const { machine, creation, signal } = making;
  const { names, session } = machine;
  const put = async () => {
    await creation.journal.intend(names.ids.nic, { shared: false });
    return session.call(deed(machine, `create network interface ${names.nic}`, names.nic), signal, async (to) => {
      const { networkInterfaces } = await to.network();
      const how = { ...NETWORK_POLL, abortSignal: signal };
      return finish(networkInterfaces.createOrUpdate(names.group, names.nic, nicBody(machine), how), signal);
    });
  };
  return inGroup(machine, creation.journal, signal, async () => {
    for (let failures = 1; ; failures += 1) {
      try {
        return await put();
      } catch (error) {
        if (!isSubnetGone(error) || failures === 3) throw error;
        await ensureSubnet(making);
      }
    }
  });
}

function nicBody({ name, id, names, options }: AzureMachine): NetworkInterface {
  const address =
    options.privateIpAddress === undefined
      ? { privateIPAllocationMethod: 'Dynamic' }
      : { privateIPAllocationMethod: 'Static', privateIPAddress: options.privateIpAddress };
  const publicIp = { publicIPAddress: { id: names.ids.publicIp, deleteOption: 'Delete' } };
  return {
    location: options.location,
    tags: machineTags(name, id),
    networkSecurityGroup: { id: names.ids.firewall },
    ipConfigurations: [
      {
        name: 'ip',
        primary: true,
        subnet: { id: names.ids.subnet },
        ...address,
        ...(options.noPublicIp ? {} : publicIp),
      },
    ],
  };
}

/** Azure gives new subnets no way out by themselves since March 2026; machines with a public IP need none. */
function subnetBody({ options }: AzureMachine): Subnet {
  return { addressPrefix: options.subnetPrefix, defaultOutboundAccess: options.noPublicIp };
}

/** docker-machine's ranges, and the subnet's own where it lies outside of them. */
function addressSpace(subnetPrefix: string): string[] {
  const usual = new BlockList();
  for (const range of ADDRESS_SPACE) {
    const [address = '', bits = ''] = range.split('/');
    usual.addSubnet(address, Number(bits));
  }
  return usual.check(subnetPrefix.split('/')[0] ?? '') ? ADDRESS_SPACE : [...ADDRESS_SPACE, subnetPrefix];
}

function isPrecondition(error: unknown): boolean {
  return error instanceof ArmError && error.azure?.status === 412;
}

/** What Azure answers when a referenced subnet is not there; its codes for that vary with the moment. */
function isSubnetGone(error: unknown): boolean {
  const code = error instanceof ArmError ? (error.azure?.code ?? '') : '';
  return /^(InvalidResourceReference|ResourceNotFound|ParentResourceNotFound|NotFound|SubnetNotFound)$/.test(code);
}
