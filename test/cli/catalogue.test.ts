import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRowFilter } from '../../src/cli/catalogue/filters.ts';
import { imageDocument, imageTable } from '../../src/cli/catalogue/image-list.ts';
import { regionTable } from '../../src/cli/catalogue/region-list.ts';
import { type SizeFilter, sizeJudge } from '../../src/cli/catalogue/size-filter.ts';
import { sizeDocument, sizeTable } from '../../src/cli/catalogue/size-list.ts';
import { UsageError } from '../../src/errors/usage-error.ts';
import type { MarketImage, Region, SizeOffer } from '../../src/machine/catalogue.ts';

const plain: SizeOffer = {
  name: 'Standard_D2s_v5',
  family: 'standardDSv5Family',
  vCpus: 2,
  vCpusAvailable: 2,
  memoryGiB: 8,
  architecture: 'x64',
  generations: ['V1', 'V2'],
  diskControllers: ['SCSI'],
  maximumDataDisks: 4,
  temporaryDiskGiB: 0,
  cacheGiB: 0,
  nvmeGiB: 0,
  ephemeralPlacements: [],
  gpus: 0,
  isBurstable: false,
  hasPremiumStorage: true,
  hasAcceleratedNetworking: true,
  hasEncryptionAtHost: true,
  hasTrustedLaunch: true,
  hasUltraDisks: false,
  isSpotCapable: true,
  retirement: undefined,
  zones: ['1', '2'],
  closedZones: ['3'],
  restriction: undefined,
  obstacle: undefined,
  quota: { name: 'DSv5 vCPUs', limit: 10, used: 4, left: 6 },
};
const arm: SizeOffer = {
  ...plain,
  name: 'Standard_B2ps_v2',
  family: 'standardBpsv2Family',
  architecture: 'Arm64',
  isBurstable: true,
};
const closed: SizeOffer = {
  ...plain,
  name: 'Standard_D2_v2',
  family: 'standardDv2Family',
  memoryGiB: 7,
  zones: [],
  quota: undefined,
  retirement: '2028-05-01',
  obstacle: { kind: 'restricted', words: 'not for this subscription' },
};

function picked(filter: Partial<SizeFilter>): string[] {
  const none = { cpus: undefined, memoryGiB: undefined, zone: undefined, architecture: undefined, family: undefined };
  return [plain, arm, closed]
    .filter(sizeJudge({ ...none, filters: [], all: false, ...filter }))
    .map(({ name }) => name.replace('Standard_', ''));
}

test('sizes are picked by what they have; those that cannot be had only with --all', () => {
  assert.deepEqual(picked({}), ['D2s_v5', 'B2ps_v2']);
  assert.deepEqual(picked({ all: true }), ['D2s_v5', 'B2ps_v2', 'D2_v2']);
  assert.deepEqual(picked({ cpus: 3 }), []);
  assert.deepEqual(picked({ memoryGiB: 8, all: true }), ['D2s_v5', 'B2ps_v2']);
  assert.deepEqual(picked({ architecture: 'arm64' }), ['B2ps_v2']);
  assert.deepEqual(picked({ zone: '3' }), []);
  assert.deepEqual(picked({ zone: '3', all: true }), ['D2s_v5', 'B2ps_v2', 'D2_v2']);
  assert.deepEqual(picked({ family: 'd', all: true }), ['D2s_v5', 'D2_v2']);
  assert.deepEqual(picked({ family: 'standardDSv5Family' }), ['D2s_v5']);
});

test('--filter takes names as regular expressions and words; one match of a key is enough, all keys must match', () => {
  assert.deepEqual(picked({ filters: ['name=_D\\d'] }), ['D2s_v5']);
  assert.deepEqual(picked({ filters: ['feature=burstable', 'feature=gpu'] }), ['B2ps_v2']);
  assert.deepEqual(picked({ filters: ['feature=burstable', 'name=D2'] }), []);
  assert.deepEqual(picked({ filters: ['family=bpsv2'] }), ['B2ps_v2']);
  for (const filter of ['colour=red', 'burstable', 'constructor=x'])
    assert.throws(
      () => picked({ filters: [filter] }),
      (error) => error instanceof UsageError && /--filter takes name=, feature=, family=/.test(error.message),
    );
  assert.throws(() => parseRowFilter(['name=('], {}), UsageError);
});

test('the table of sizes says why one cannot be had only where such are shown', () => {
  assert.equal(
    sizeTable([plain], false),
    'NAME              VCPUS   MEMORY   ARCH   ZONES   QUOTA LEFT   FEATURES\n' +
      'Standard_D2s_v5   2       8 GiB    x64    1 2     6            spot\n',
  );
  const [header = '', row = '', free = ''] = sizeTable([{ ...closed, hasTrustedLaunch: false }, arm], true).split('\n');
  assert.match(header, /QUOTA LEFT +NOT AVAILABLE +FEATURES$/);
  assert.match(
    row,
    /^Standard_D2_v2 +2 +7 GiB +x64 +- +- +not for this subscription +spot, no Trusted Launch, retires 2028-05-01$/,
  );
  assert.match(free, / Arm64 +1 2 +6 +- +burstable, spot$/);
});

test('as JSON a size has stable keys, with null for what is not', () => {
  const [first, second] = JSON.parse(JSON.stringify(sizeDocument([plain, closed])));
  assert.deepEqual(Object.keys(first), Object.keys(second));
  assert.deepEqual([first.available, first.reason, first.quota.left], [true, null, 6]);
  assert.deepEqual([second.available, second.reason, second.quota], [false, 'restricted', null]);
});

test('regions of a cloud that tells names only are shown with dashes', () => {
  const bare: Region = {
    name: 'local',
    displayName: 'local',
    geography: undefined,
    geographyGroup: undefined,
    physicalLocation: undefined,
    zones: [],
    pairedRegion: undefined,
    isRecommended: false,
  };
  assert.match(regionTable([bare]), /^local +local +- +- +- +no$/m);
});

test('an image is shown with what would surprise: a plan, no Trusted Launch, its end', () => {
  const image: MarketImage = {
    publisher: 'kinvolk',
    offer: 'flatcar',
    sku: 'stable-gen2',
    alias: undefined,
    version: '1.2.3',
    details: {
      architecture: 'x64',
      generation: 'V2',
      allowsTrustedLaunch: false,
      plan: { publisher: 'kinvolk', product: 'flatcar', name: 'stable-gen2' },
      state: 'ending',
      end: '2027-05-31T00:00:00.000Z',
    },
  };
  assert.match(
    imageTable([image], false),
    /^- +kinvolk:flatcar:stable-gen2:latest +x64 +V2 +1\.2\.3 +has a purchase plan, no Trusted Launch, ends 2027-05-31$/m,
  );
  assert.match(imageTable([image], true), /stable-gen2:1\.2\.3 /);
  const [document] = JSON.parse(
    JSON.stringify(imageDocument([{ ...image, version: undefined, details: undefined }], true)),
  );
  assert.deepEqual(
    [document.urn, document.architecture, document.plan],
    ['kinvolk:flatcar:stable-gen2:latest', null, null],
  );
});
