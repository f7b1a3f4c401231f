import type { Region } from '../../machine/catalogue.ts';
import { tabulate } from '../table.ts';

/** The table that `locations` prints. */
export function regionTable(regions: readonly Region[]): string {
  const rows = regions.map((region) => [
    region.name,
    region.displayName,
    region.geography ?? '-',
    region.zones.join(' ') || '-',
    region.pairedRegion ?? '-',
    region.isRecommended ? 'yes' : 'no',
  ]);
  return tabulate([['NAME', 'DISPLAY NAME', 'GEOGRAPHY', 'ZONES', 'PAIRED WITH', 'RECOMMENDED'], ...rows]);
}

/** The same as JSON, with stable keys. */
export function regionDocument(regions: readonly Region[]): object[] {
  return regions.map((region) => ({
    name: region.name,
    displayName: region.displayName,
    geography: region.geography ?? null,
    geographyGroup: region.geographyGroup ?? null,
    physicalLocation: region.physicalLocation ?? null,
    zones: region.zones,
    pairedRegion: region.pairedRegion ?? null,
    recommended: region.isRecommended,
  }));
}
