import type { ArmClients } from './clients.ts';
import { COMPUTE_POLL, callOptions, finish, NETWORK_POLL } from './long-running.ts';
import { parseResourceId, type ResourceId } from './resource-id.ts';

/** A kind of resource that azdock makes: how to look for one, how to delete it, and how long that may be refused. */
export interface ResourceKind {
  /** For people: "disk". */
  readonly label: string;
  /** Rejects with 404 when it is absent. */
  get(clients: ArmClients, id: ResourceId, signal: AbortSignal): Promise<unknown>;
  delete(clients: ArmClients, id: ResourceId, signal: AbortSignal): Promise<void>;
  /** Codes of refusals that pass: what holds the resource is on its way out. */
  readonly passing?: RegExp;
  /** How long such a refusal is waited out. */
  readonly patienceMs?: number;
}

/** Azure's code for a NIC that it keeps. */
export const NIC_RESERVED = 'NicReservedForAnotherVm';
/** Azure keeps a NIC for the VM whose creation failed for 180 s (karpenter-provider-azure, pull request 92). */
export const NIC_RESERVATION_MS = 300_000;
/** For people, while that is waited out. */
export function reservedWords(id: string): string {
  return `Azure keeps ${id.split('/').at(-1)} for three minutes for a virtual machine that it could not make; waiting for it.`;
}

/** What a deleted VM or NIC held is free some seconds later. */
const RELEASE_MS = 90_000;

const vm: ResourceKind = {
  label: 'virtual machine',
  get: async ({ compute }, { group, names: [name = ''] }, signal) =>
    (await compute()).virtualMachines.get(group, name, callOptions(signal)),
  delete: async ({ compute }, { group, names: [name = ''] }, signal) => {
    // The host is thrown away: nobody needs its graceful shutdown, which takes Azure minutes.
    const how = { ...COMPUTE_POLL, abortSignal: signal, forceDeletion: true };
    await finish((await compute()).virtualMachines.delete(group, name, how), signal);
  },
};

const extension: ResourceKind = {
  label: 'extension',
  get: async ({ compute }, { group, names: [machine = '', name = ''] }, signal) =>
    (await compute()).virtualMachineExtensions.get(group, machine, name, callOptions(signal)),
  delete: async ({ compute }, { group, names: [machine = '', name = ''] }, signal) => {
    const how = { ...COMPUTE_POLL, abortSignal: signal };
    await finish((await compute()).virtualMachineExtensions.delete(group, machine, name, how), signal);
  },
};

const disk: ResourceKind = {
  label: 'disk',
  get: async ({ compute }, { group, names: [name = ''] }, signal) =>
    (await compute()).disks.get(group, name, callOptions(signal)),
  delete: async ({ compute }, { group, names: [name = ''] }, signal) => {
    const how = { ...NETWORK_POLL, abortSignal: signal };
    await finish((await compute()).disks.delete(group, name, how), signal);
  },
  passing: /^(OperationNotAllowed|DiskInUse|Conflict)$/,
  patienceMs: RELEASE_MS,
};

const nic: ResourceKind = {
  label: 'NIC',
  get: async ({ network }, { group, names: [name = ''] }, signal) =>
    (await network()).networkInterfaces.get(group, name, callOptions(signal)),
  delete: async ({ network }, { group, names: [name = ''] }, signal) => {
    const how = { ...NETWORK_POLL, abortSignal: signal };
    await finish((await network()).networkInterfaces.delete(group, name, how), signal);
  },
  passing: /^(NicReservedForAnotherVm|NicInUse|NetworkInterfaceInUse)$/,
  patienceMs: NIC_RESERVATION_MS,
};

const publicIp: ResourceKind = {
  label: 'public IP',
  get: async ({ network }, { group, names: [name = ''] }, signal) =>
    (await network()).publicIPAddresses.get(group, name, callOptions(signal)),
  delete: async ({ network }, { group, names: [name = ''] }, signal) => {
    const how = { ...NETWORK_POLL, abortSignal: signal };
    await finish((await network()).publicIPAddresses.delete(group, name, how), signal);
  },
  passing: /^(PublicIPAddressCannotBeDeleted|PublicIPAddressInUse)$/,
  patienceMs: RELEASE_MS,
};

const firewall: ResourceKind = {
  label: 'firewall',
  get: async ({ network }, { group, names: [name = ''] }, signal) =>
    (await network()).networkSecurityGroups.get(group, name, callOptions(signal)),
  delete: async ({ network }, { group, names: [name = ''] }, signal) => {
    const how = { ...NETWORK_POLL, abortSignal: signal };
    await finish((await network()).networkSecurityGroups.delete(group, name, how), signal);
  },
  passing: /^InUseNetworkSecurityGroupCannotBeDeleted$/,
  patienceMs: RELEASE_MS,
};

/** Kinds that belong to one machine, by type in lower case, in the order in which they can be deleted. */
export const ownKinds: ReadonlyMap<string, ResourceKind> = new Map([
  ['microsoft.compute/virtualmachines', vm],
  ['microsoft.compute/virtualmachines/extensions', extension],
  ['microsoft.compute/disks', disk],
  ['microsoft.network/networkinterfaces', nic],
  ['microsoft.network/publicipaddresses', publicIp],
  ['microsoft.network/networksecuritygroups', firewall],
]);

/** An id together with its kind; undefined when it is nothing that azdock makes for one machine. */
export function kindOf(id: string): { readonly kind: ResourceKind; readonly id: ResourceId } | undefined {
  const parsed = parseResourceId(id);
  const kind = parsed && ownKinds.get(parsed.type);
  return parsed && kind ? { kind, id: parsed } : undefined;
}
