import type { Subnet, VirtualNetwork } from '@azure/arm-network';
import { ArmError } from '../../errors/arm-error.ts';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { missingNetwork, missingSubnet } from './checks/missing-network.ts';
import { contains, parseRange } from './ip-range.ts';
import { callOptions, finish, NETWORK_POLL } from './long-running.ts';
import type { Making } from './making.ts';
import { SHARED_TAG, sharedTags } from './naming.ts';
import { isMadeHere } from './shared-removal.ts';
import { freeIpv6Subnet, networkIpv6Prefix } from './network-ipv6.ts';

/** Address space of a new network: docker-machine's (docker/machine:drivers/azure/azure.go), so that later subnets find room. */
const ADDRESS_SPACE = ['192.168.0.0/16', '10.0.0.0/8', '172.16.0.0/12'];

/** Makes the network and the subnet where they are absent. What exists is never written over: others may depend on it. */
export async function ensureSubnet(making: Making): Promise<void> {
  const { machine, signal } = making;
  const { place } = machine.names;
  const there = await findVirtualNetwork(machine, signal);
  if (there === undefined && place.vnet.byId) throw missingNetwork(machine);
  const found = await repaired(making, there ?? (await createVirtualNetwork(making)));
  if (findSubnet(found, machine) !== undefined) return;
  if (place.byId) throw missingSubnet(machine);
  await createSubnet(making, found);
}

/** The machine's network as Azure has it, with its subnets; undefined when it is not there. */
export async function findVirtualNetwork(
  machine: AzureMachine,
  signal?: AbortSignal,
): Promise<VirtualNetwork | undefined> {
  const { names, session } = machine;
  return session.call(deed(machine, `find network ${names.vnet}`, names.vnet), signal, async (to) => {
    const { virtualNetworks } = await to.network();
    return virtualNetworks.get(names.vnetGroup, names.vnet, callOptions(signal)).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
  });
}

/** The machine's subnet in its network. */
export function findSubnet(network: VirtualNetwork, { names }: AzureMachine): Subnet | undefined {
  return network.subnets?.find(({ name }) => name?.toLowerCase() === names.subnet.toLowerCase());
}

/** Address blocks of a subnet, in whichever member Azure has them. */
export function prefixesOf({ addressPrefix, addressPrefixes }: Subnet): readonly string[] {
  if (addressPrefixes !== undefined && addressPrefixes.length > 0) return addressPrefixes;
  return addressPrefix === undefined ? [] : [addressPrefix];
}

async function createVirtualNetwork({ machine, creation, signal }: Making): Promise<VirtualNetwork> {
  const { names, options, session } = machine;
  const ipv6 = options.ipv6 ? [networkIpv6Prefix(names.ids.vnet)] : [];
  const addressPrefixes = [...addressSpace(options.subnetPrefix), ...ipv6];
  const body: VirtualNetwork = {
    location: options.location,
    tags: sharedTags(),
    addressSpace: { addressPrefixes },
    subnets: [{ name: names.subnet, ...subnetBody(machine, { addressSpace: { addressPrefixes } }) }],
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
    const found = isPrecondition(error) ? await findVirtualNetwork(machine, signal) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

/** A network whose making broke off takes no interfaces until it is asked for once more. */
async function repaired({ machine, creation, signal }: Making, network: VirtualNetwork): Promise<VirtualNetwork> {
  const { names, session } = machine;
  const isOurs = isMadeHere(creation.journal, names.ids.vnet) || network.tags?.[SHARED_TAG] !== undefined;
  if (network.provisioningState !== 'Failed' || !isOurs) return network;
  return session.call(deed(machine, `repair network ${names.vnet}`, names.vnet), signal, async (to) => {
    const { virtualNetworks } = await to.network();
    const requestOptions = network.etag === undefined ? {} : { headers: { 'if-match': network.etag } };
    const how = { ...NETWORK_POLL, abortSignal: signal, requestOptions };
    return finish(virtualNetworks.createOrUpdate(names.vnetGroup, names.vnet, network, how), signal);
  });
}

async function createSubnet({ machine, creation, signal }: Making, network: VirtualNetwork): Promise<void> {
  const { names, session } = machine;
  const body = subnetBody(machine, network);
  await creation.journal.intend(names.ids.subnet, { shared: true });
  await session.call(deed(machine, `create subnet ${names.subnet}`, names.subnet), signal, async (to) => {
    const { subnets } = await to.network();
    const how = { ...NETWORK_POLL, abortSignal: signal };
    return finish(subnets.createOrUpdate(names.vnetGroup, names.vnet, names.subnet, body, how), signal);
  });
}

/** Azure gives new subnets no way out by themselves since March 2026; machines with a public IP need none. */
function subnetBody({ options }: AzureMachine, network: VirtualNetwork): Subnet {
  const taken = (network.subnets ?? []).flatMap(prefixesOf);
  const ipv6 = options.ipv6 ? freeIpv6Subnet(network.addressSpace?.addressPrefixes ?? [], taken) : undefined;
  const prefix =
    ipv6 === undefined ? { addressPrefix: options.subnetPrefix } : { addressPrefixes: [options.subnetPrefix, ipv6] };
  return { ...prefix, defaultOutboundAccess: options.noPublicIp };
}

/** docker-machine's ranges, and the subnet's own where it lies outside of them; one that it covers gives way. */
function addressSpace(subnetPrefix: string): string[] {
  const wanted = parseRange(subnetPrefix);
  const usual = ADDRESS_SPACE.map((text) => ({ text, range: parseRange(text) }));
  if (usual.some(({ range }) => range && wanted && contains(range, wanted))) return ADDRESS_SPACE;
  const others = usual.filter(({ range }) => !(range && wanted && contains(wanted, range)));
  return [...others.map(({ text }) => text), subnetPrefix];
}

/** The resource has changed, or is there where it should not be. */
export function isPrecondition(error: unknown): boolean {
  return error instanceof ArmError && error.azure?.status === 412;
}
