import { BlockList, isIPv4 } from 'node:net';

/** IPv4 addresses that mean something inside one network only (IANA IPv4 Special-Purpose Address Registry). */
const SPECIAL = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;

/** Public IPv4 addresses that are known here without asking anybody. */
export interface KnownAddresses {
  /** This computer's own. */
  readonly own: readonly string[];
  /** Where the SSH connection of this terminal comes from. */
  readonly caller: string | undefined;
}

/**
 * @param sshConnection `CLIENT PORT SERVER PORT` (ssh(1), SSH_CONNECTION)
 * @param interfaceAddresses of this computer's network interfaces
 */
export function knownAddresses(
  sshConnection: string | undefined,
  interfaceAddresses: readonly string[],
): KnownAddresses {
  const [client = '', , server = ''] = (sshConnection ?? '').split(' ');
  const own = [...new Set([...interfaceAddresses, server])].filter(isPublic);
  return { own, caller: isPublic(client) && !own.includes(client) ? client : undefined };
}

function isPublic(address: string): boolean {
  if (!isIPv4(address)) return false;
  const special = new BlockList();
  for (const [network, bits] of SPECIAL) special.addSubnet(network, bits);
  return !special.check(address);
}
