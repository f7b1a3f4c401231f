/**
 * Unique local addresses (RFC 4193): no host on the internet has them, and the 40 bits after `fd` are the sandbox's own. A
 * sandbox has a /64 of them, by the number of its IPv4 range.
 */
const prefixes = { linux: 'fda2:d0c0:d0c0', simulated: 'fda2:d0c0:d0c1' } as const;

/** The address with the given last part: `fda2:d0c0:d0c0:7::a`. */
export function ipv6InRange(kind: keyof typeof prefixes, range: number, last: number): string {
  return `${ipv6Network(kind, range)}${last.toString(16)}`;
}

/** The range without its length: `fda2:d0c0:d0c0:7::`, a /64. */
export function ipv6Network(kind: keyof typeof prefixes, range: number): string {
  return `${prefixes[kind]}:${range.toString(16)}::`;
}
