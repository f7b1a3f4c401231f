/** A region where machines can be made. */
export interface Region {
  readonly name: string;
  readonly displayName: string;
  /** The country or continent whose law the data is kept under: `United Kingdom`. Undefined where the cloud does not tell. */
  readonly geography: string | undefined;
  /** `Europe`, `US`. */
  readonly geographyGroup: string | undefined;
  readonly physicalLocation: string | undefined;
  /** Availability zones; empty where there are none. */
  readonly zones: readonly string[];
  /** The region that Azure pairs it with. */
  readonly pairedRegion: string | undefined;
  /** Azure has its whole range there, and recommends it. */
  readonly isRecommended: boolean;
}

/**
 * Reads the answer to `GET /subscriptions/{id}/locations` (Microsoft.Resources, subscriptions.json), without names of whole
 * geographies and edge zones. An Azure Stack Hub tells names only.
 */
export function parseRegions(answer: unknown): readonly Region[] {
  return list(Object(answer).value).flatMap((item): Region[] => {
    const { name, displayName, type, metadata, availabilityZoneMappings } = Object(item);
    const { regionType, regionCategory, geography, geographyGroup, physicalLocation, pairedRegion } = Object(metadata);
    if (typeof name !== 'string' || type === 'EdgeZone' || regionType === 'Logical') return [];
    return [
      {
        name,
        displayName: text(displayName) ?? name,
        geography: text(geography),
        geographyGroup: text(geographyGroup),
        physicalLocation: text(physicalLocation),
        zones: list(availabilityZoneMappings)
          .flatMap((zone) => text(Object(zone).logicalZone) ?? [])
          .sort(),
        pairedRegion: text(Object(list(pairedRegion)[0]).name),
        isRecommended: regionCategory === 'Recommended',
      },
    ];
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
