import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuotas } from '../../../../src/drivers/azure/catalogue/core-quota.ts';
import { firstPossible } from '../../../../src/drivers/azure/catalogue/first-possible.ts';
import { nearSizes } from '../../../../src/drivers/azure/catalogue/near-sizes.ts';
import { familyWord, findObstacle, quotasFor } from '../../../../src/drivers/azure/catalogue/obstacle.ts';
import { parseSize } from '../../../../src/drivers/azure/catalogue/parse-size.ts';
import type { SizeCatalogue } from '../../../../src/drivers/azure/catalogue/read-sizes.ts';
import { parseSizeName } from '../../../../src/drivers/azure/catalogue/size-name.ts';
import { sku, type SkuWords } from '../resource-skus.ts';

const PLACE = 'westeurope';

const size = (words: SkuWords) => {
  const parsed = parseSize(sku(words), PLACE);
  assert.ok(parsed);
  return parsed;
};

function catalogue(words: readonly SkuWords[], ...quotas: readonly [string, number, number][]): SizeCatalogue {
  const sizes = words.map(size);
  return {
    location: PLACE,
    sizes,
    quotas: parseQuotas(
      quotas.map(([value, currentValue, limit]) => ({ name: { value }, currentValue, limit, unit: 'Count' as const })),
    ),
    find: (name) => sizes.find((one) => one.name === name),
  };
}

test("Azure's capabilities are read for what they mean", () => {
  const facts = size({
    name: 'Standard_D2ds_v6',
    family: 'StandardDdsv6Family',
    capabilities: {
      HyperVGenerations: 'V2',
      DiskControllerTypes: 'SCSI, NVMe',
      EphemeralOSDiskSupported: 'True',
      SupportedEphemeralOSDiskPlacements: 'NvmeDisk',
      NvmeDiskSizeInMiB: '112640',
      CachedDiskBytes: '53687091200',
      MaxResourceVolumeMB: '76800',
      EncryptionAtHostSupported: 'True',
      RetirementDateUtc: '05/01/2028',
      vCPUsAvailable: '1',
    },
  });
  assert.deepEqual(
    [facts.cacheGiB, facts.temporaryDiskGiB, facts.nvmeGiB, facts.ephemeralPlacements, facts.diskControllers],
    [50, 75, 110, ['NvmeDisk'], ['SCSI', 'NVMe']],
  );
  assert.deepEqual([facts.vCpus, facts.vCpusAvailable, facts.retirement], [2, 1, '2028-05-01']);
  assert.ok(facts.hasTrustedLaunch && facts.hasEncryptionAtHost && !facts.hasPremiumStorage && !facts.isBurstable);
});

test('Trusted Launch needs generation 2, and can be disabled all the same', () => {
  const has = (capabilities: Record<string, string>) =>
    size({ name: 'Standard_X2', family: 'x', capabilities }).hasTrustedLaunch;
  assert.deepEqual(
    [has({}), has({ HyperVGenerations: 'V1' }), has({ TrustedLaunchDisabled: 'True' })],
    [true, false, false],
  );
});

test('restrictions close the region or some of its zones; those of another region do not count', () => {
  assert.equal(size({ name: 'A', family: 'x', closed: 'all' }).restriction, 'NotAvailableForSubscription');
  const half = size({ name: 'A', family: 'x', closed: ['3', '1'] });
  assert.deepEqual([half.restriction, half.zones, half.closedZones], [undefined, ['2'], ['1', '3']]);
  const elsewhere = {
    ...sku({ name: 'A', family: 'x' }),
    restrictions: [{ type: 'Location' as const, values: ['eastus'] }],
  };
  assert.equal(parseSize(elsewhere, PLACE)?.restriction, undefined);
  assert.equal(parseSize(sku({ name: 'A', family: 'x' }), 'eastus'), undefined);
});

test('near sizes are of the same series, generation and strength, and have what the wish needs', () => {
  const all = catalogue([
    { name: 'Standard_D4s_v5', family: 'standardDSv5Family', vCpus: 4, memoryGiB: 16, closed: 'all' },
    { name: 'Standard_D8s_v5', family: 'standardDSv5Family', vCpus: 8, memoryGiB: 32 },
    { name: 'Standard_D4as_v5', family: 'standardDASv5Family', vCpus: 4, memoryGiB: 16, closed: ['1'] },
    { name: 'Standard_D4s_v3', family: 'standardDSv3Family', vCpus: 4, memoryGiB: 16, zones: ['1'] },
    { name: 'Standard_E4s_v5', family: 'standardESv5Family', vCpus: 4, memoryGiB: 32 },
    {
      name: 'Standard_D4_v3',
      family: 'standardDv3Family',
      vCpus: 4,
      memoryGiB: 16,
      capabilities: { HyperVGenerations: 'V1' },
    },
    { name: 'Standard_NC4', family: 'nc', vCpus: 4, memoryGiB: 16, capabilities: { GPUs: '1' } },
  ]);
  const names = (wish: object) => nearSizes({ size: 'Standard_D4s_v5', ...wish }, all, 5).map(({ name }) => name);
  assert.deepEqual(names({}), [
    'Standard_D4as_v5',
    'Standard_D4s_v3',
    'Standard_D4_v3',
    'Standard_E4s_v5',
    'Standard_D8s_v5',
  ]);
  assert.deepEqual(names({ zone: '1' })[0], 'Standard_D4s_v3');
  assert.ok(!names({ image: { architecture: 'x64', generation: 'V2' } }).includes('Standard_D4_v3'));
  assert.deepEqual(names({ image: { architecture: 'Arm64', generation: 'V2' } }), []);
});

test('a size that is not in the region is likened by its name', () => {
  const all = catalogue([
    { name: 'Standard_D2ps_v5', family: 'p', capabilities: { CpuArchitectureType: 'Arm64' } },
    { name: 'Standard_D2s_v5', family: 'standardDSv5Family' },
    { name: 'Standard_B2s_v2', family: 'standardBsv2Family' },
    { name: 'Standard_NC4as_T4_v3', family: 'nc', vCpus: 4, memoryGiB: 28, capabilities: { GPUs: '1' } },
  ]);
  const nearest = (name: string) => nearSizes({ size: name }, all)[0]?.name;
  assert.equal(nearest('Standard_D2s_v7'), 'Standard_D2s_v5');
  assert.equal(nearest('Standard_B2ms'), 'Standard_B2s_v2');
  assert.equal(nearest('Standard_D4plds_v6'), 'Standard_D2ps_v5');
  assert.equal(nearest('Standard_NC6s_v3'), 'Standard_NC4as_T4_v3');
  assert.deepEqual(parseSizeName('Standard_E4-2s_v5'), { series: 'E', vCpus: 4, features: 's', version: 5 });
});

test('quotas count for as many machines as are wished for', () => {
  const all = catalogue(
    [{ name: 'Standard_D2s_v5', family: 'standardDSv5Family' }],
    ['standardDSv5Family', 2, 8],
    ['cores', 0, 100],
  );
  const wish = { size: 'Standard_D2s_v5' };
  assert.equal(findObstacle({ ...wish, count: 3 }, all), undefined);
  assert.deepEqual(findObstacle({ ...wish, count: 4 }, all), {
    kind: 'quota',
    quota: 'DSv5 vCPUs',
    needed: 8,
    left: 6,
  });
  const [family] = quotasFor(size({ name: 'Standard_D2s_v5', family: 'standardDSv5Family' }), {}, all);
  assert.deepEqual(family?.quota, { limit: 8, used: 2, left: 6 });
  assert.deepEqual(['Standard NCASv3_T4 Family', 'StandardDsv6Family'].map(familyWord), ['NCASv3_T4', 'Dsv6']);
});

test('of several wishes the first possible one is taken, and why others were not is told', () => {
  const all = catalogue([
    { name: 'Standard_D2s_v3', family: 'x', closed: 'all' },
    { name: 'Standard_D2s_v5', family: 'y', closed: ['1'] },
  ]);
  const wishes = [
    { size: 'Standard_D2s_v3' },
    { size: 'Standard_D2s_v5', zone: '1' },
    { size: 'Standard_D2s_v5', zone: '2' },
  ];
  const { chosen, passedOver } = firstPossible(wishes, all);
  assert.deepEqual(chosen, wishes[2]);
  assert.deepEqual(
    passedOver.map(({ obstacle }) => obstacle.kind),
    ['restricted', 'zone'],
  );
  assert.equal(firstPossible(wishes.slice(0, 2), all).chosen, undefined);
});
