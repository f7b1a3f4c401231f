import { locations } from '../resources/locations.ts';
import { type Size, findSize, sizes } from './sizes.ts';

/** Why this subscription may not use a size that the region knows. */
export type Restriction = { readonly type: 'Location' } | { readonly type: 'Zone'; readonly zones: readonly string[] };

interface Rule {
  readonly size: RegExp;
  /** Undefined: every region. */
  readonly regions?: readonly string[];
  /** Undefined: the whole region. */
  readonly zones?: readonly string[];
}

/**
 * What is kept from the sandbox's subscription. Azure does so where a region is full, with series that new subscriptions no
 * longer get, and with those that have retired.
 */
const rules: readonly Rule[] = [
  { size: /^Standard_(D2_v2|A2|NC6)$/ },
  { size: /^Standard_L8s_v3$/, regions: ['westeurope', 'eastus'] },
  { size: /^Standard_B2als_v2$/, regions: ['northeurope'] },
  { size: /^Standard_D\ds_v6$/, regions: ['westeurope', 'southcentralus'], zones: ['2'] },
  { size: /^Standard_E2s_v6$/, regions: ['westeurope'], zones: ['1', '3'] },
  { size: /^Standard_DS2_v2$/, regions: ['westeurope', 'northeurope'], zones: ['1', '2', '3'] },
];

/** No region has room for one more of these at the moment. No list tells that: only who asks for one learns it. */
const soldOut = /^Standard_E2s_v5$/;

/** True when a request for the size is refused though nothing is said against it. */
export function isSoldOut(size: Size): boolean {
  return soldOut.test(size.name);
}

/** True when the region has the size, whether or not the subscription may use it. */
export function isOffered(size: Size, location: string): boolean {
  return size.regions === undefined || size.regions.includes(location);
}

/** Sizes of a region, the restricted ones among them. */
export function sizesOf(location: string): readonly Size[] {
  return sizes.filter((size) => isOffered(size, location));
}

/** The size by its name in a region. Undefined when the region does not have it. */
export function findOfferedSize(name: string, location: string): Size | undefined {
  const size = findSize(name);
  return size !== undefined && isOffered(size, location) ? size : undefined;
}

/** Zones of a region, empty where it has none. */
export function zonesOf(location: string): readonly string[] {
  return locations.find(({ name }) => name === location)?.zones ?? [];
}

/** Zones of a region that have the size. Retired ones are in none; whether the subscription may use them is another question. */
export function zonesWith(size: Size, location: string): readonly string[] {
  return size.retirement === undefined || size.retirement.endsWith('2028') ? zonesOf(location) : [];
}

/** What keeps this subscription from the size in that region: nothing, the region, some zones. */
export function restrictionsOf(size: Size, location: string): readonly Restriction[] {
  const found = rules.filter(
    (rule) => rule.size.test(size.name) && (rule.regions === undefined || rule.regions.includes(location)),
  );
  const zones = zonesWith(size, location);
  if (found.some((rule) => rule.zones === undefined))
    return [{ type: 'Location' }, ...(zones.length === 0 ? [] : [{ type: 'Zone' as const, zones }])];
  const closed = zones.filter((zone) => found.some((rule) => rule.zones?.includes(zone)));
  return closed.length === 0 ? [] : [{ type: 'Zone', zones: closed }];
}

/** True when this subscription may use the size somewhere in that region. */
export function isAvailable(size: Size, location: string): boolean {
  return !restrictionsOf(size, location).some(({ type }) => type === 'Location');
}

/** Zones in which this subscription may use the size. */
export function availableZones(size: Size, location: string): readonly string[] {
  const restrictions = restrictionsOf(size, location);
  const closed = restrictions.flatMap((one) => (one.type === 'Zone' ? one.zones : []));
  return zonesWith(size, location).filter((zone) => !closed.includes(zone));
}
