/** A region as `GET /subscriptions/{id}/locations` tells of it. */
export interface Location {
  readonly name: string;
  readonly displayName: string;
  /** `Other` regions serve disaster recovery in the first place. */
  readonly category: 'Recommended' | 'Other';
  readonly geography: string;
  readonly geographyGroup: string;
  readonly physicalLocation: string;
  readonly latitude: string;
  readonly longitude: string;
  /** Availability zones; empty where there are none. */
  readonly zones: readonly string[];
  /** Name of the region that it is paired with, if there is one; the sandbox may not have that one. */
  readonly pair: string | undefined;
}

type Row = readonly [
  displayName: string,
  physicalLocation: string,
  latitude: string,
  longitude: string,
  pair?: string | undefined,
];

const region =
  (geography: string, geographyGroup: string, more: Partial<Location> = {}) =>
  ([displayName, physicalLocation, latitude, longitude, pair]: Row): Location => ({
    name: displayName.toLowerCase().replaceAll(' ', ''),
    displayName,
    category: 'Recommended',
    geography,
    geographyGroup,
    physicalLocation,
    latitude,
    longitude,
    zones: ['1', '2', '3'],
    pair,
    ...more,
  });

const unitedStates = region('United States', 'US');
const withoutZones: Partial<Location> = { category: 'Other', zones: [] };
const smallUnitedStates = region('United States', 'US', withoutZones);

/**
 * Regions of the sandbox: the large public ones, with their zones and pairs
 * (https://learn.microsoft.com/azure/reliability/regions-list).
 */
export const locations: readonly Location[] = [
  unitedStates(['East US', 'Virginia', '37.3719', '-79.8164', 'westus']),
  unitedStates(['East US 2', 'Virginia', '36.6681', '-78.3889', 'centralus']),
  unitedStates(['Central US', 'Iowa', '41.5908', '-93.6208', 'eastus2']),
  smallUnitedStates(['North Central US', 'Illinois', '41.8819', '-87.6278', 'southcentralus']),
  unitedStates(['South Central US', 'Texas', '29.4167', '-98.5', 'northcentralus']),
  smallUnitedStates(['West US', 'California', '37.783', '-122.417', 'eastus']),
  unitedStates(['West US 2', 'Washington', '47.233', '-119.852', 'westcentralus']),
  unitedStates(['West US 3', 'Phoenix', '33.448376', '-112.074036', 'eastus']),
  region('Europe', 'Europe')(['North Europe', 'Ireland', '53.3478', '-6.2597', 'westeurope']),
  region('Europe', 'Europe')(['West Europe', 'Netherlands', '52.3667', '4.9', 'northeurope']),
  region('United Kingdom', 'Europe')(['UK South', 'London', '50.941', '-0.799', 'ukwest']),
  region('United Kingdom', 'Europe', withoutZones)(['UK West', 'Cardiff', '53.427', '-3.084', 'uksouth']),
  region('France', 'Europe')(['France Central', 'Paris', '46.3772', '2.3730', 'francesouth']),
  region('Germany', 'Europe')(['Germany West Central', 'Frankfurt', '50.110924', '8.682127', 'germanynorth']),
  region('Switzerland', 'Europe')(['Switzerland North', 'Zurich', '47.451542', '8.564572', 'switzerlandwest']),
  region('Sweden', 'Europe')(['Sweden Central', 'Gävle', '60.67488', '17.14127', 'swedensouth']),
  region('Norway', 'Europe')(['Norway East', 'Norway', '59.913868', '10.752245', 'norwaywest']),
  region('Asia Pacific', 'Asia Pacific')(['East Asia', 'Hong Kong', '22.267', '114.188', 'southeastasia']),
  region('Asia Pacific', 'Asia Pacific')(['Southeast Asia', 'Singapore', '1.283', '103.833', 'eastasia']),
  region('Japan', 'Asia Pacific')(['Japan East', 'Tokyo, Saitama', '35.68', '139.77', 'japanwest']),
  region('Korea', 'Asia Pacific')(['Korea Central', 'Seoul', '37.5665', '126.9780', 'koreasouth']),
  region('India', 'Asia Pacific')(['Central India', 'Pune', '18.5822', '73.9197', 'southindia']),
  region(
    'Australia',
    'Asia Pacific',
  )(['Australia East', 'New South Wales', '-33.86', '151.2094', 'australiasoutheast']),
  region('Canada', 'Canada')(['Canada Central', 'Toronto', '43.653', '-79.383', 'canadaeast']),
  region('Brazil', 'South America')(['Brazil South', 'Sao Paulo State', '-23.55', '-46.633', 'southcentralus']),
  region(
    'South Africa',
    'Africa',
  )(['South Africa North', 'Johannesburg', '-25.731340', '28.218370', 'southafricawest']),
];

/** What the list of locations also holds, and where nothing can be made: names of whole geographies. */
export const logicalRegions: readonly Pick<Location, 'name' | 'displayName'>[] = [
  { name: 'asia', displayName: 'Asia' },
  { name: 'europe', displayName: 'Europe' },
  { name: 'global', displayName: 'Global' },
  { name: 'unitedstates', displayName: 'United States' },
];
