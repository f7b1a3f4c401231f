import { BlockList } from 'node:net';
import type { Subnet, VirtualNetwork } from '@azure/arm-network';
import { ArmError } from '../../errors/arm-error.ts';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { callOptions, finish, NETWORK_POLL } from './long-running.ts';
import type { Making } from './making.ts';
import { sharedTags } from './naming.ts';

/** Address space of a new network: docker-machine's (docker/machine:drivers/azure/azure.go), so that later subnets find room. */
const ADDRESS_SPACE = ['192.168.0.0/16', '10.0.0.0/8', '172.16.0.0/12'];

/** Makes the network and the subnet where they are absent. What exists is never written over: others may depend on it. */
export async function ensureSubnet(making: Making): Promise<void> {
  const { machine, creation } = making;
  const { names, options } = machine;
  const found = (await findVirtualNetwork(making)) ?? (await createVirtualNetwork(making));
  const subnet = found.subnets?.find(({ name }) => name?.toLowerCase() === names.subnet.toLowerCase());
  if (subnet === undefined) await createSubnet(making);
  else if (options.noPublicIp && subnet.defaultOutboundAccess === false)
    creation.progress.warn(
      `Subnet ${names.subnet} has no way out to the internet, and ${machine.name} has no public IP.`,
    );
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
