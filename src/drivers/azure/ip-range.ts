import { isIPv4, isIPv6 } from 'node:net';

/** A block of addresses, first and last one as numbers. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** Reads an address or a block in CIDR notation, IPv4 or IPv6; undefined for anything else. Bits of a host are cut off. */
export function parseRange(text: string): IpRange | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const family = isIPv4(address) ? 4 : isIPv6(address) && !address.includes('%') ? 6 : undefined;
  if (family === undefined || rest.length > 0) return undefined;
  const bits = family === 4 ? 32 : 128;
  if (length !== undefined && (!/^\d{1,3}$/.test(length) || Number(length) > bits)) return undefined;
  const size = 1n << BigInt(bits - Number(length ?? bits));
  const number = family === 4 ? ipv4Number(address) : ipv6Number(address);
  const first = (number / size) * size;
  return { family, first, last: first + size - 1n };
}

/** True when the text is a block whose address has no bits beyond the prefix. */
export function isAligned(text: string): boolean {
  const range = parseRange(text);
  return range !== undefined && range.first === parseRange(text.split('/')[0] ?? '')?.first;
}

/** In CIDR notation, as short as it goes: a single address has no prefix, IPv6 is written as RFC 5952 has it. */
export function rangeText({ family, first, last }: IpRange): string {
  const bits = family === 4 ? 32 : 128;
  const hostBits = first === last ? 0 : (last - first).toString(2).length;
  const address = addressText(first, family);
  return hostBits === 0 ? address : `${address}/${bits - hostBits}`;
}

/** True when every address of the second lies in the first. */
export function contains(outer: IpRange, inner: IpRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

export function overlaps(one: IpRange, other: IpRange): boolean {
  return one.family === other.family && one.first <= other.last && other.first <= one.last;
}

export function addressText(number: bigint, family: 4 | 6): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, index) => ((number >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  // A URL's host is written as RFC 5952 has it (WHATWG URL, host serializing).
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

function ipv4Number(address: string): bigint {
  return address.split('.').reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function ipv6Number(address: string): bigint {
  const [head = '', tail = ''] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const words = (text: string) => (text === '' ? [] : text.split(':'));
  const missing = 8 - words(head).length - words(tail).length;
  const groups = [...words(head), ...new Array<string>(missing).fill('0'), ...words(tail)];
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}
