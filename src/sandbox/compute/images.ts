/** A platform image that the sandbox's regions publish. */
export interface Image {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  readonly versions: readonly string[];
  readonly generation: 'V1' | 'V2';
  readonly architecture: 'x64' | 'Arm64';
}

const ubuntu = (offer: string, version: string, architecture: 'x64' | 'Arm64' = 'x64') => {
  const versions = [`${version}.202608120`, `${version}.202610150`];
  return (sku: string, generation: 'V1' | 'V2'): Image => ({
    publisher: 'Canonical',
    offer,
    sku,
    versions,
    generation,
    architecture,
  });
};

const noble = ubuntu('ubuntu-24_04-lts', '24.04');
const jammy = ubuntu('0001-com-ubuntu-server-jammy', '22.04');
const resolute = ubuntu('ubuntu-26_04-lts', '26.04');

/** Images of every region: Canonical's, https://documentation.ubuntu.com/azure/azure-how-to/instances/find-ubuntu-images/ */
export const images: readonly Image[] = [
  noble('server', 'V2'),
  noble('server-gen1', 'V1'),
  noble('minimal', 'V2'),
  ubuntu('ubuntu-24_04-lts', '24.04', 'Arm64')('server-arm64', 'V2'),
  jammy('22_04-lts', 'V1'),
  jammy('22_04-lts-gen2', 'V2'),
  resolute('server', 'V2'),
  resolute('server-gen1', 'V1'),
];

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Images of that publisher, offer and SKU; leave out from the right to widen. */
export function findImages(publisher: string, offer?: string, sku?: string): readonly Image[] {
  return images.filter(
    (image) =>
      same(image.publisher, publisher) &&
      (offer === undefined || same(image.offer, offer)) &&
      (sku === undefined || same(image.sku, sku)),
  );
}
