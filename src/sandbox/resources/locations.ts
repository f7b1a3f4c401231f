export interface Location {
  readonly name: string;
  readonly displayName: string;
  readonly geographyGroup: string;
}

const place = (displayName: string, geographyGroup: string): Location => ({
  name: displayName.toLowerCase().replaceAll(' ', ''),
  displayName,
  geographyGroup,
});

/** Regions of the sandbox: the large public ones. */
export const locations: readonly Location[] = [
  ...['East US', 'East US 2', 'Central US', 'North Central US', 'South Central US', 'West US'].map((name) =>
    place(name, 'US'),
  ),
  ...['West US 2', 'West US 3'].map((name) => place(name, 'US')),
  ...['North Europe', 'West Europe', 'UK South', 'UK West', 'France Central'].map((name) => place(name, 'Europe')),
  ...['Germany West Central', 'Switzerland North', 'Sweden Central', 'Norway East'].map((name) =>
    place(name, 'Europe'),
  ),
  ...['East Asia', 'Southeast Asia', 'Japan East', 'Korea Central', 'Central India'].map((name) =>
    place(name, 'Asia Pacific'),
  ),
  place('Australia East', 'Asia Pacific'),
  place('Canada Central', 'Canada'),
  place('Brazil South', 'South America'),
  place('South Africa North', 'Africa'),
];
