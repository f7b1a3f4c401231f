import { type IpFamily, type Range, toAddress } from './cidr.ts';

/** The fewest CIDRs of a family that are together all addresses but those of `ranges`. */
export function rangesOutside(ranges: readonly Range[], family: IpFamily): string[] {
  const bits = family === 4 ? 32 : 128;
  const inside = ranges.filter((range) => range.family === family);
  const split = (first: bigint, prefix: number): string[] => {
    const last = first + (1n << BigInt(bits - prefix)) - 1n;
    const touching = inside.filter((range) => range.first <= last && first <= range.last);
    if (touching.length === 0) return [`${toAddress(first, family)}/${prefix}`];
    if (touching.some((range) => range.first <= first && last <= range.last)) return [];
    return [...split(first, prefix + 1), ...split(first + (1n << BigInt(bits - prefix - 1)), prefix + 1)];
  };
  return split(0n, 0);
}
