import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ImageReference } from '@azure/arm-compute';
import { location } from './build-machine.ts';
import { type ComputeBench, type MachineChange, openComputeBench } from './compute-bench.ts';

let bench: ComputeBench;
before(async () => {
  bench = await openComputeBench();
});
after(() => bench[Symbol.asyncDispose]());

const from = (imageReference: ImageReference): MachineChange => ({
  storageProfile: { imageReference, osDisk: { createOption: 'FromImage' } },
});
const blobUri = 'https://account.blob.core.windows.net/vhds/image.vhd';

test('a managed image makes machines in its own region, and no Trusted Launch ones', async () => {
  const { compute, create, id, refused } = bench;
  const image = { id: id('Microsoft.Compute/images/golden') };
  assert.equal(await refused(from(image)), '404 NotFound imageReference');
  const osDisk = { osType: 'Linux', osState: 'Generalized', blobUri, diskSizeGB: 40 } as const;
  const put = (place: string, more = {}) =>
    compute.images.createOrUpdate('rg', 'golden', {
      location: place,
      hyperVGeneration: 'V2',
      storageProfile: { osDisk },
      ...more,
    });
  assert.equal(
    await bench.refusal(put(location, { storageProfile: { osDisk: { ...osDisk, blobUri: undefined } } })),
    '400 InvalidParameter osDisk',
  );
  const made = await put(location);
  assert.deepEqual([made.provisioningState, made.storageProfile?.osDisk?.diskSizeGB], ['Succeeded', 40]);
  const machine = await create('gold', from(image));
  assert.equal(machine.storageProfile?.osDisk?.diskSizeGB, 40);
  assert.equal(machine.storageProfile?.imageReference?.exactVersion, undefined);
  const trusted = { ...from(image), securityProfile: { securityType: 'TrustedLaunch' } } as const;
  assert.equal(await refused(trusted), '400 InvalidParameter securityProfile.securityType');
  assert.equal(
    await refused(from({ ...image, publisher: 'Canonical' })),
    '400 InvalidParameter imageReference',
    'an image is named in one way',
  );
  await compute.images.delete('rg', 'golden');
  assert.equal(await refused(from(image)), '404 NotFound imageReference');
});

test('a gallery gives the version that is asked for, or the newest that its region has', async () => {
  const { compute, create, id, refused } = bench;
  await compute.galleries.createOrUpdate('rg', 'ours', { location });
  await compute.galleryImages.createOrUpdate('rg', 'ours', 'docker', {
    location,
    osType: 'Linux',
    osState: 'Generalized',
    hyperVGeneration: 'V2',
    identifier: { publisher: 'us', offer: 'docker', sku: 'lts' },
    features: [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }],
  });
  const definition = id('Microsoft.Compute/galleries/ours/images/docker');
  assert.equal(await refused(from({ id: definition })), '404 GalleryImageNotFound imageReference');
  const add = (version: string, more = {}) =>
    compute.galleryImageVersions.createOrUpdate('rg', 'ours', 'docker', version, {
      location,
      storageProfile: { osDiskImage: { source: { uri: blobUri } } },
      ...more,
    });
  assert.equal(await bench.refusal(add('newest')), '400 InvalidParameter galleryImageVersionName');
  await add('1.9.0');
  await add('1.10.0', { publishingProfile: { targetRegions: [{ name: 'West Europe' }, { name: 'northeurope' }] } });
  await add('2.0.0', { publishingProfile: { excludeFromLatest: true } });
  const exact = async (name: string, reference: ImageReference) =>
    (await create(name, from(reference))).storageProfile?.imageReference?.exactVersion;
  assert.equal(await exact('newest', { id: definition }), '1.10.0');
  assert.equal(await exact('older', { id: `${definition}/versions/1.9.0` }), '1.9.0');
  assert.equal(await exact('excluded', { id: `${definition}/versions/2.0.0` }), '2.0.0');
  const trusted = { ...from({ id: definition }), securityProfile: { securityType: 'TrustedLaunch' } } as const;
  assert.equal((await create('trusted', trusted)).securityProfile?.securityType, 'TrustedLaunch');
  assert.equal(await refused(from({ id: `${definition}/versions/3.0.0` })), '404 GalleryImageNotFound imageReference');
  assert.equal(await bench.refusal(compute.galleryImages.delete('rg', 'ours', 'docker')), '409 CannotDeleteResource');
});

test('a gallery that is shared with the community is found by its public name', async () => {
  const { compute, create, refused } = bench;
  await compute.galleries.createOrUpdate('rg', 'theirs', {
    location,
    sharingProfile: {
      permissions: 'Community',
      communityGalleryInfo: {
        publisherUri: 'https://example.com',
        publisherContact: 'us@example.com',
        eula: 'https://example.com/eula',
        publicNamePrefix: 'theirs',
      },
    },
  });
  await compute.galleryImages.createOrUpdate('rg', 'theirs', 'docker', {
    location,
    osType: 'Linux',
    osState: 'Generalized',
    hyperVGeneration: 'V2',
    identifier: { publisher: 'they', offer: 'docker', sku: 'lts' },
  });
  await compute.galleryImageVersions.createOrUpdate('rg', 'theirs', 'docker', '1.0.0', {
    location,
    storageProfile: { osDiskImage: { source: { uri: blobUri } } },
  });
  await compute.gallerySharingProfile.update('rg', 'theirs', { operationType: 'EnableCommunity' });
  const [name] = (await compute.galleries.get('rg', 'theirs')).sharingProfile?.communityGalleryInfo?.publicNames ?? [];
  const reference = (public_: string) => ({
    communityGalleryImageId: `/CommunityGalleries/${public_}/Images/docker/Versions/latest`,
  });
  assert.equal(await refused(from(reference('theirs'))), '404 GalleryImageNotFound imageReference');
  const made = await create('community', from(reference(name ?? '')));
  assert.equal(made.storageProfile?.imageReference?.exactVersion, '1.0.0');
});

test('an image with a plan needs that plan in the machine, and that its terms are accepted', async () => {
  const { arm, create, refused } = bench;
  const image = { publisher: 'kinvolk', offer: 'flatcar-container-linux-free', sku: 'stable-gen2', version: 'latest' };
  const plan = { publisher: 'kinvolk', product: 'flatcar-container-linux-free', name: 'stable-gen2' };
  assert.equal(await refused(from(image)), '400 VMMarketplaceInvalidInput');
  assert.equal(await refused({ ...from(image), plan: { ...plan, name: 'beta' } }), '400 VMMarketplaceInvalidInput');
  assert.equal(await refused({ ...from(image), plan }), '400 MarketplacePurchaseEligibilityFailed');
  const agreement = `/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/${plan.publisher}/offers/${plan.product}/plans/${plan.name}/agreements/current`;
  const terms = await arm('GET', agreement);
  assert.equal(terms.body.properties.accepted, false);
  const { properties } = terms.body;
  assert.equal(
    (await arm('PUT', agreement, { properties: { ...properties, accepted: true, signature: 'x' } })).status,
    400,
  );
  const accepted = await arm('PUT', agreement, { properties: { ...properties, accepted: true } });
  assert.equal(accepted.body.properties.accepted, true);
  const { publisher, product, name } = (await create('planned', { ...from(image), plan })).plan ?? {};
  assert.deepEqual({ publisher, product, name }, plan);
  const noPlan = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' };
  assert.equal(await refused({ ...from(noPlan), plan }), '400 VMMarketplaceInvalidInput');
});
