import { isIPv4, isIPv6 } from 'node:net';

export type IpFamily = 4 | 6;

/** A range of addresses, inclusive, as numbers. */
export interface Range {
  readonly family: IpFamily;
  readonly first: bigint;
  readonly last: bigint;
}

const bitsOf = (family: IpFamily): number => (family === 4 ? 32 : 128);

/** `10.0.0.0/24`, `fd00::/64` or a single address, of either family; `undefined` for anything else. */
export function parseRange(cidr: string): Range | undefined {
  const [address = '', prefix, ...rest] = cidr.split('/');
  const family = isIPv4(address) ? 4 : isIPv6(address) && !address.includes('%') ? 6 : undefined;
  if (family === undefined || rest.length > 0) return undefined;
  const bits = bitsOf(family);
  if (prefix !== undefined && (!/^\d{1,3}$/.test(prefix) || Number(prefix) > bits)) return undefined;
  const size = 1n << BigInt(bits - Number(prefix ?? bits));
  const first = (toNumber(address, family) / size) * size;
  return { family, first, last: first + size - 1n };
}

/** How the range of a CIDR is written without bits of a host: `10.0.0.5/24` is `10.0.0.0/24`. */
export function canonical(cidr: string): string {
  const range = parseRange(cidr);
  return range ? `${toAddress(range.first, range.family)}/${prefixLength(range)}` : cidr;
}

/** False for `10.0.0.5/24`: bits beyond the prefix are set. */
export function isAligned(cidr: string): boolean {
  const range = parseRange(cidr);
  const address = parseRange(cidr.split('/')[0] ?? '');
  return range !== undefined && range.first === address?.first;
}

/** Length of the prefix of a range that is one block. */
export function prefixLength({ family, first, last }: Range): number {
  return bitsOf(family) - (last - first).toString(2).replace(/^0$/, '').length;
}

export function contains(outer: Range, inner: Range): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(one: Range, other: Range): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

/** True for two spellings of one address. */
export function sameAddress(one: string, other: string): boolean {
  const ranges = [parseRange(one), parseRange(other)] as const;
  return ranges[0] !== undefined && ranges[0].family === ranges[1]?.family && ranges[0].first === ranges[1].first;
}

/** IPv6 in the short form of RFC 5952. */
export function toAddress(number: bigint, family: IpFamily): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => (number >> BigInt(112 - 16 * index)) & 0xffffn);
  // The standard for URLs writes IPv6 addresses as RFC 5952 does.
  return new URL(`http://[${groups.map((group) => group.toString(16)).join(':')}]`).hostname.slice(1, -1);
}

function toNumber(address: string, family: IpFamily): bigint {
  if (family === 4) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string): string[] => part.split(':').filter((group) => group !== '');
  const [before, after] = [groups(head), groups(tail ?? '')];
  const middle = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...middle, ...after].reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}
