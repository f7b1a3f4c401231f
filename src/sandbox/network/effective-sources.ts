import { type IpFamily, parseRange, prefixLength, type Range, toAddress } from './cidr.ts';
import { rangesOutside } from './ranges-outside.ts';
import { meaningOfTag } from './service-tags.ts';

/** What service tags and destinations of rules mean for one interface. */
export interface Surroundings {
  /** Private addresses of the interface: where Azure's rules see packets arrive. */
  readonly privateAddresses: readonly string[];
  /** Address ranges of its virtual network, and of those that are peered with it. */
  readonly network: readonly Range[];
}

/** Where packets of a rule may come from, as a guest's firewall takes it: `*` or CIDRs. Nothing for a tag that has nobody here. */
export function sourcesOf(prefix: string, around: Surroundings): readonly string[] {
  if (prefix === '*') return ['*'];
  if (parseRange(prefix)) return [prefix];
  switch (meaningOfTag(prefix)) {
    case 'internet':
      if (around.network.length === 0) return ['*'];
      return [...rangesOutside(around.network, 4), ...rangesOutside(around.network, 6)];
    case 'network':
      return around.network.map((range) => `${toAddress(range.first, range.family)}/${prefixLength(range)}`);
    default:
      return [];
  }
}

/** IP versions for which a rule's destination is the interface. */
export function familiesReached(prefixes: readonly string[], around: Surroundings): ReadonlySet<IpFamily> {
  const single = around.privateAddresses.flatMap((address) => parseRange(address) ?? []);
  const reached = single.filter(({ family, first }) =>
    prefixes.some((prefix) => {
      if (prefix === '*' || meaningOfTag(prefix) === 'network') return true;
      const range = parseRange(prefix);
      return range !== undefined && range.family === family && range.first <= first && first <= range.last;
    }),
  );
  return new Set(reached.map(({ family }) => family));
}

/** The sources of one rule that can reach the interface: `*` is narrowed where only one of its IP versions is the destination. */
export function narrowed(source: string, reached: ReadonlySet<IpFamily>, around: Surroundings): readonly string[] {
  const own = new Set(around.privateAddresses.flatMap((address) => parseRange(address)?.family ?? []));
  if (source !== '*') {
    const family = parseRange(source)?.family;
    return family !== undefined && reached.has(family) ? [source] : [];
  }
  if (reached.size === own.size) return reached.size === 0 ? [] : ['*'];
  return [...reached].map((family) => (family === 4 ? '0.0.0.0/0' : '::/0'));
}
