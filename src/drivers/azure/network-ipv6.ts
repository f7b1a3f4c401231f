import { createHash } from 'node:crypto';
import { addressText, type IpRange, overlaps, parseRange } from './ip-range.ts';

/** Azure's one size of an IPv6 subnet (learn.microsoft.com, "What is IPv6 for Azure Virtual Network?"). */
const SUBNET_BITS = 64n;
/** Free places that are looked for; a network has 3,000 subnets at most. */
const MOST_SUBNETS = 3_001;

/**
 * IPv6 addresses for a new network: a /48 out of fd00::/8 (RFC 4193, unique local addresses). Its 40 bits come from the
 * network's id, so that networks do not meet when they are joined, and a creation that is repeated finds the same.
 */
export function networkIpv6Prefix(vnetId: string): string {
  const global = createHash('sha256').update(vnetId.toLowerCase()).digest('hex').slice(0, 10);
  const number = BigInt(`0xfd${global}`) << 80n;
  return `${addressText(number, 6)}/48`;
}

/** The first /64 of the network's IPv6 addresses that no subnet has; undefined when there is none. */
export function freeIpv6Subnet(space: readonly string[], taken: readonly string[]): string | undefined {
  const used = taken.flatMap((prefix) => parseRange(prefix) ?? []);
  for (const prefix of space) {
    const range = parseRange(prefix);
    if (range?.family !== 6) continue;
    const size = 1n << SUBNET_BITS;
    for (
      let at = 0, first = range.first;
      at < MOST_SUBNETS && first + size - 1n <= range.last;
      at += 1, first += size
    ) {
      const subnet: IpRange = { family: 6, first, last: first + size - 1n };
      if (!used.some((other) => overlaps(other, subnet))) return `${addressText(first, 6)}/${SUBNET_BITS}`;
    }
  }
  return undefined;
}

/** True for a prefix or an address of IPv6. */
export function isIpv6(prefix: string): boolean {
  return parseRange(prefix)?.family === 6;
}
