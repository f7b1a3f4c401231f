import type { AzureOptions } from '../options.ts';

/** A size, and where in the region. */
export interface Wish {
  readonly size: string;
  /** Undefined: in no zone. */
  readonly zone: string | undefined;
}

/** Stands for no zone. */
const NO_ZONE = 'none';

/**
 * Reads a value of `--fallback`: `SIZE`, in the zone that was asked for; `SIZE@ZONE`; or `zone:ZONE`, with the size that was asked
 * for. A zone is 1, 2 or 3, or `none`.
 *
 * @returns undefined when it is none of them
 */
export function parseWish(text: string, asked: Wish): Wish | undefined {
  const parts: Partial<Record<string, string>> =
    /^(?:zone:(?<zone>\w+)|(?<size>[a-z][\w-]*)(?:@(?<at>\w+))?)$/i.exec(text)?.groups ?? {};
  const { size, at, zone = at } = parts;
  if (size === undefined && zone === undefined) return undefined;
  if (zone !== undefined && !/^([123]|none)$/i.test(zone)) return undefined;
  return { size: size ?? asked.size, zone: zone === undefined ? asked.zone : zoneOf(zone) };
}

function zoneOf(word: string): string | undefined {
  return word.toLowerCase() === NO_ZONE ? undefined : word;
}

/** A value of `--fallback` that means the same whatever was asked for. */
export function wishValue({ size, zone }: Wish): string {
  return `${size}@${zone ?? NO_ZONE}`;
}

/** For people: `Standard_D2s_v5 in zone 2`. */
export function wishWords({ size, zone }: Wish): string {
  return zone === undefined ? size : `${size} in zone ${zone}`;
}

export function wishOf({ size, availabilityZone }: Pick<AzureOptions, 'size' | 'availabilityZone'>): Wish {
  return { size, zone: availabilityZone };
}

/** What was asked for and what may be had instead, in the order in which it is tried; nothing twice. */
export function wishesOf(options: Pick<AzureOptions, 'size' | 'availabilityZone' | 'fallback'>): readonly Wish[] {
  const asked = wishOf(options);
  const all = [asked, ...options.fallback.flatMap((text) => parseWish(text, asked) ?? [])];
  const value = (wish: Wish) => wishValue(wish).toLowerCase();
  return all.filter((wish, index) => all.findIndex((other) => value(other) === value(wish)) === index);
}
