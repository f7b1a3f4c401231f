import type { AccessRule } from '../../drivers/access.ts';
import { contains, parseRange } from '../../drivers/azure/ip-range.ts';

/** Service tags that stand for all addresses outside (learn.microsoft.com, "Virtual network service tags"). */
const EVERYBODY = /^(\*|any|internet|0\.0\.0\.0\/0)$/i;

/**
 * Whether one of the addresses is among the sources of a rule. `unknown`: no address is known, or a service tag may stand for it.
 */
export function areLetIn(addresses: readonly string[], sources: readonly string[]): 'yes' | 'no' | 'unknown' {
  if (sources.some((source) => EVERYBODY.test(source))) return 'yes';
  const ranges = sources.map(parseRange);
  const isIn = (address: string) => {
    const own = parseRange(address);
    return own !== undefined && ranges.some((range) => range !== undefined && contains(range, own));
  };
  if (addresses.some(isIn)) return 'yes';
  return addresses.length === 0 || ranges.includes(undefined) ? 'unknown' : 'no';
}

/** Whether one of the addresses comes in at a TCP port, by rules in the order in which they count. What no rule lets in stays out. */
export function isLetIn(
  addresses: readonly string[],
  port: number,
  rules: readonly Pick<AccessRule, 'allows' | 'protocol' | 'ports' | 'from'>[],
): 'yes' | 'no' | 'unknown' {
  let isSure = true;
  for (const { allows, protocol, ports, from } of rules) {
    if (!/^(tcp|\*)$/i.test(protocol) || !ports.some((range) => covers(range, port))) continue;
    const verdict = areLetIn(addresses, from);
    if (verdict === 'yes') return !isSure ? 'unknown' : allows ? 'yes' : 'no';
    if (verdict === 'unknown') isSure = false;
  }
  return isSure ? 'no' : 'unknown';
}

function covers(range: string, port: number): boolean {
  if (range === '*') return true;
  const [from = Number.NaN, to = from] = range.split('-').map(Number);
  return from <= port && port <= to;
}
