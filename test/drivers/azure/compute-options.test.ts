import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDataDisks } from '../../../src/drivers/azure/data-disk.ts';
import { parseImageSource } from '../../../src/drivers/azure/image-source.ts';
import { isArmSize } from '../../../src/drivers/azure/resolve-image.ts';
import { type AzureOptionValues, azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { UsageError } from '../../../src/errors/usage-error.ts';

const gallery = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/galleries/ours/images/hosts';
const identity = '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me';

function refused(values: AzureOptionValues, flag: string, why?: RegExp) {
  assert.throws(
    () => azureOptions(values),
    (error: unknown) => {
      assert.ok(error instanceof UsageError, String(error));
      assert.equal(error.resource, `--azure-${flag}`);
      if (why !== undefined) assert.match(error.message, why);
      return true;
    },
    `${JSON.stringify(values)} should be refused`,
  );
}

test('a short name becomes the URN of its image, for the processors that the size has', () => {
  const image = (values: AzureOptionValues) => azureOptions(values).options.image;
  assert.equal(image({ image: 'ubuntu2404' }), 'Canonical:ubuntu-24_04-lts:server:latest');
  assert.match(image({ image: 'Debian12' }), /^Debian:debian-12:/);
  assert.match(image({ size: 'Standard_D2ps_v5' }), /server-arm64/);
  assert.match(image({ image: 'Ubuntu2404', size: 'Standard_B2pts_v2' }), /server-arm64/);
  const own = 'Canonical:ubuntu-24_04-lts:server:latest';
  assert.equal(image({ image: own, size: 'Standard_D2ps_v5' }), own);
  refused({ image: 'Ubuntu1404' }, 'image', /an alias such as/);
});

test('sizes with Arm processors are told from others by their name', () => {
  for (const size of ['Standard_D2ps_v5', 'Standard_D2pds_v6', 'Standard_E4-2ps_v6', 'Standard_B2pts_v2'])
    assert.ok(isArmSize(size), size);
  for (const size of ['Standard_D2s_v5', 'Standard_B2s_v2', 'Standard_NP10s', 'Standard_PB6s', 'Basic_A1'])
    assert.ok(!isArmSize(size), size);
});

test("an image is a URN, or the id of an image, a gallery image, or one of other people's galleries", () => {
  assert.deepEqual(parseImageSource('a:b:c:1.2.3'), {
    kind: 'platform',
    publisher: 'a',
    offer: 'b',
    sku: 'c',
    version: '1.2.3',
  });
  assert.equal(
    parseImageSource('/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/images/mine')?.kind,
    'managed',
  );
  const newest = parseImageSource(`${gallery}/versions/latest`);
  assert.deepEqual(newest, parseImageSource(gallery));
  assert.ok(newest?.kind === 'gallery' && newest.version === undefined && newest.name === 'hosts');
  const exact = parseImageSource(`${gallery}/versions/1.0.0`);
  assert.ok(exact?.kind === 'gallery' && exact.version === '1.0.0');
  assert.equal(parseImageSource('/CommunityGalleries/x-1/Images/y/Versions/1.0.0')?.kind, 'community');
  assert.equal(parseImageSource('/sharedGalleries/x-1/images/y')?.kind, 'shared');
});

test('what cannot be an image, a plan, an identity or a place for the boot log is refused by the name of its flag', () => {
  for (const image of ['a:b:c', 'a:b:c:d:e', 'a::c:d', `${gallery}/versions`, `${identity}`, '/communityGalleries/x'])
    refused({ image }, 'image');
  refused({ plan: 'a:b' }, 'plan');
  refused({ plan: 'a:b:c d' }, 'plan');
  refused({ identities: [identity, 'me'] }, 'identity');
  refused({ identities: [gallery] }, 'identity');
  refused({ bootDiagnostics: 'http://x.blob.core.windows.net' }, 'boot-diagnostics');
  refused({ bootDiagnostics: 'https://x.blob.core.windows.net/?sig=1' }, 'boot-diagnostics');
  assert.equal(azureOptions({ bootDiagnostics: 'none' }).options.bootDiagnostics, 'none');
});

test('a zone wins over an availability set, with a warning', () => {
  const { options, warnings } = azureOptions({ availabilitySet: 'set', availabilityZone: '2', faultDomainCount: 3 });
  assert.equal(options.availabilitySet, undefined);
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? '', /zone 2.*set is left out/);
});

test('counts of domains have their limits, and a warning where there is no set that they could belong to', () => {
  refused({ availabilityZone: '4' }, 'availability-zone');
  refused({ availabilitySet: 'set', faultDomainCount: 4 }, 'fault-domain-count');
  refused({ availabilitySet: 'set', faultDomainCount: 1 }, 'fault-domain-count', /update-domain-count 1/);
  refused({ availabilitySet: 'set', updateDomainCount: 21 }, 'update-domain-count');
  refused({ availabilitySet: 'a set' }, 'availability-set');
  assert.equal(azureOptions({ updateDomainCount: 5 }).warnings.length, 1);
  assert.deepEqual(azureOptions({ availabilitySet: 'set', faultDomainCount: 1, updateDomainCount: 1 }).warnings, []);
});

test('a proximity placement group is a name, a name in a group, or an id', () => {
  for (const proximityPlacementGroup of [
    'near',
    'rg:near',
    gallery.replace(/galleries.*/, 'proximityPlacementGroups/n'),
  ])
    assert.equal(azureOptions({ proximityPlacementGroup }).options.proximityPlacementGroup, proximityPlacementGroup);
  for (const proximityPlacementGroup of ['a:b:c', ':b', 'a:', 'no spaces', gallery])
    refused({ proximityPlacementGroup }, 'proximity-placement-group');
});

test('what only a Spot VM can have goes only with one, and a Spot VM is in no availability set', () => {
  refused({ spotMaxPrice: '0.1' }, 'spot-max-price', /--azure-spot/);
  refused({ spotEvictionPolicy: 'delete' }, 'spot-eviction-policy', /--azure-spot/);
  refused({ spot: true, availabilitySet: 'set' }, 'spot', /availability set/);
  for (const spotMaxPrice of ['0', '-2', '1e3', '0.123456', 'cheap'])
    refused({ spot: true, spotMaxPrice }, 'spot-max-price');
  for (const spotMaxPrice of ['-1', '0.00001', '2', '0.05'])
    assert.equal(azureOptions({ spot: true, spotMaxPrice }).options.spotMaxPrice, spotMaxPrice);
  refused({ spot: true, ephemeralOsDisk: 'auto', spotEvictionPolicy: 'deallocate' }, 'spot-eviction-policy');
});

test("a data disk is a size, perhaps its kind, perhaps its place; the first one is the engine's", () => {
  assert.deepEqual(parseDataDisks(['128', '64:premium_lrs', '32::/srv/', '16:StandardSSD_LRS:/srv/a']), [
    { sizeGiB: 128, sku: undefined, path: '/var/lib/docker' },
    { sizeGiB: 64, sku: 'Premium_LRS', path: undefined },
    { sizeGiB: 32, sku: undefined, path: '/srv' },
    { sizeGiB: 16, sku: 'StandardSSD_LRS', path: '/srv/a' },
  ]);
  for (const disk of [
    '',
    '0',
    'big',
    '32768',
    '65537:UltraSSD_LRS',
    '8:Fast_LRS',
    '8:Premium_LRS:srv',
    '8::/',
    '8::/etc',
  ])
    refused({ dataDisks: [disk] }, 'data-disk');
  for (const path of ['/srv/../etc', '/a b', "/it's", '/$HOME', '/srv//x', '/var/lib'])
    refused({ dataDisks: [`8::${path}`] }, 'data-disk');
  refused({ dataDisks: ['8', '8::/var/lib/docker'] }, 'data-disk', /already/);
  refused({ dataDisks: Array.from({ length: 65 }, () => '8') }, 'data-disk');
});

test('the OS disk has its limits, and an ephemeral one no kind', () => {
  refused({ diskSizeGiB: 0 }, 'disk-size');
  refused({ diskSizeGiB: 4096 }, 'disk-size');
  refused({ storageType: 'PremiumV2_LRS' }, 'storage-type');
  refused({ ephemeralOsDisk: 'cache', storageType: 'Premium_LRS' }, 'storage-type', /ephemeral/);
  azureOptions({ ephemeralOsDisk: 'cache', storageType: 'Premium_LRS', dataDisks: ['8'] });
});
