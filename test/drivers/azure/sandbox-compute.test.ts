import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { AzureOptionValues } from '../../../src/drivers/azure/resolve-options.ts';
import { PreCreateCheckError } from '../../../src/errors/pre-create-check-error.ts';
import { type Arm, finish, openArm } from '../../sandbox/raw-https.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';
import { leftOvers, sandboxMachine } from './sandbox-machine.ts';

const location = 'westeurope';
const blobUri = 'https://account.blob.core.windows.net/vhds/image.vhd';
const flatcar = 'kinvolk:flatcar-container-linux-free:stable-gen2:latest';
const rocky = 'resf:rockylinux-x86_64:9-base:latest';

let sandbox: TestSandbox;
let azure: Arm;
/** What the tests themselves have put there. */
let given: readonly string[];
before(async () => {
  sandbox = await startTestSandbox();
  azure = await openArm(sandbox);
  const put = async (path: string, body: object) => {
    const answer = await azure('PUT', path, { location, ...body });
    assert.ok(answer.status < 300, answer.text);
    await finish(azure, answer);
  };
  await put('/resourceGroups/ours', {});
  const ours = '/resourceGroups/ours/providers';
  const image = { osType: 'Linux', osState: 'Generalized' };
  await put(`${ours}/Microsoft.ManagedIdentity/userAssignedIdentities/me`, {});
  await put(`${ours}/Microsoft.Compute/availabilitySets/classic`, { sku: { name: 'Classic' } });
  await put(`${ours}/Microsoft.Compute/availabilitySets/aligned`, {
    sku: { name: 'Aligned' },
    properties: { platformFaultDomainCount: 3, platformUpdateDomainCount: 5 },
  });
  await put(`${ours}/Microsoft.Compute/proximityPlacementGroups/zonal`, {
    zones: ['2'],
    properties: { intent: { vmSizes: ['Standard_D2s_v5'] } },
  });
  await put(`${ours}/Microsoft.Compute/images/golden`, {
    properties: { hyperVGeneration: 'V2', storageProfile: { osDisk: { ...image, blobUri, diskSizeGB: 40 } } },
  });
  await put(`${ours}/Microsoft.Compute/galleries/ours`, {});
  for (const [name, features] of [
    ['plain', []],
    ['trusted', [{ name: 'SecurityType', value: 'TrustedLaunchSupported' }]],
  ] as const) {
    const identifier = { publisher: 'us', offer: name, sku: 'lts' };
    await put(`${ours}/Microsoft.Compute/galleries/ours/images/${name}`, {
      properties: { ...image, hyperVGeneration: 'V2', identifier, features },
    });
    await put(`${ours}/Microsoft.Compute/galleries/ours/images/${name}/versions/1.0.0`, {
      properties: { storageProfile: { osDiskImage: { source: { uri: blobUri } } } },
    });
  }
  const sharingProfile = (permissions: string) => ({
    permissions,
    communityGalleryInfo: {
      publisherUri: 'https://example.com',
      publisherContact: 'us@example.com',
      eula: 'https://example.com/eula',
      publicNamePrefix: 'theirs',
    },
  });
  for (const [gallery, permissions] of [
    ['theirs', 'Community'],
    ['lent', 'Groups'],
  ] as const) {
    const path = `${ours}/Microsoft.Compute/galleries/${gallery}`;
    const { communityGalleryInfo, ...lent } = sharingProfile(permissions);
    await put(path, {
      properties: { sharingProfile: gallery === 'lent' ? lent : { ...lent, communityGalleryInfo } },
    });
    const identifier = { publisher: 'they', offer: 'docker', sku: 'lts' };
    await put(`${path}/images/docker`, { properties: { ...image, hyperVGeneration: 'V2', identifier } });
    for (const version of ['1.9.0', '1.10.0'])
      await put(`${path}/images/docker/versions/${version}`, {
        properties: { storageProfile: { osDiskImage: { source: { uri: blobUri } } } },
      });
  }
  await azure('POST', `${ours}/Microsoft.Compute/galleries/theirs/share`, { operationType: 'EnableCommunity' });
  given = leftOvers(sandbox);
});
after(() => sandbox.stop());

const id = (below: string) => `/subscriptions/${sandbox.subscriptionId}/resourceGroups/ours/providers/${below}`;
const extra = () => leftOvers(sandbox).filter((one) => !given.includes(one));

/** Checks, makes and removes a machine, and gives what Azure had of it in between. */
async function made(values: AzureOptionValues) {
  const machine = sandboxMachine(sandbox, { values });
  await machine.driver.check(() => {});
  await machine.create();
  const vm = sandbox.server.world.state.machines.list()[0];
  assert.ok(vm);
  const [answer, sets, groups] = await Promise.all([
    azure('GET', vm.id),
    azure('GET', '/providers/Microsoft.Compute/availabilitySets'),
    azure('GET', '/providers/Microsoft.Compute/proximityPlacementGroups'),
  ]);
  const all = extra();
  await machine.remove();
  assert.deepEqual(extra(), []);
  assert.deepEqual(machine.journal.entries, []);
  return { vm: answer.body, sets: sets.body.value, groups: groups.body.value, all };
}

async function refused(values: AzureOptionValues, why: RegExp, next?: RegExp) {
  const machine = sandboxMachine(sandbox, { values });
  await assert.rejects(
    machine.driver.check(() => {}),
    (error: unknown) => {
      assert.ok(error instanceof PreCreateCheckError, String(error));
      assert.match(error.message, why);
      const [step] = error.nextSteps;
      assert.ok(step !== undefined && /^(azdock|az) /.test(step.command), 'there is a next step');
      if (next !== undefined) assert.match(step.command, next);
      return true;
    },
    JSON.stringify(values),
  );
  assert.deepEqual(extra(), []);
}

test('a machine has the zone, price, disks, identity and diagnostics that it was asked for', async () => {
  await azure('POST', '/providers/Microsoft.Features/providers/Microsoft.Compute/features/EncryptionAtHost/register');
  const identity = id('Microsoft.ManagedIdentity/userAssignedIdentities/me');
  const { vm, all } = await made({
    size: 'Standard_D2s_v5',
    availabilityZone: '2',
    spot: true,
    spotMaxPrice: '0.5',
    spotEvictionPolicy: 'delete',
    dataDisks: ['64', '32:Premium_LRS:/srv', '16:PremiumV2_LRS'],
    identities: [identity],
    bootDiagnostics: 'none',
    encryptionAtHost: true,
    securityType: 'trusted-launch',
    diskSizeGiB: 64,
    storageType: 'Premium_LRS',
  });
  const { properties } = vm;
  assert.deepEqual(vm.zones, ['2']);
  assert.deepEqual(
    [properties.priority, properties.evictionPolicy, properties.billingProfile.maxPrice],
    ['Spot', 'Delete', 0.5],
  );
  const disks = properties.storageProfile.dataDisks.map((disk: Record<string, unknown>) => [
    disk['lun'],
    disk['name'],
    disk['diskSizeGB'],
    disk['caching'],
    disk['deleteOption'],
  ]);
  assert.deepEqual(disks, [
    [0, 'dev-data-0', 64, 'ReadOnly', 'Delete'],
    [1, 'dev-data-1', 32, 'ReadOnly', 'Delete'],
    [2, 'dev-data-2', 16, 'None', 'Delete'],
  ]);
  assert.deepEqual(Object.keys(vm.identity.userAssignedIdentities), [identity]);
  assert.equal(properties.diagnosticsProfile.bootDiagnostics.enabled, false);
  assert.equal(properties.securityProfile.encryptionAtHost, true);
  assert.equal(properties.securityProfile.securityType, 'TrustedLaunch');
  assert.equal(all.filter((one) => one.includes('/disks/')).length, 4);
});

test('without limits a Spot machine costs up to the usual price, and is deallocated when its place is needed', async () => {
  const { vm } = await made({ size: 'Standard_D2s_v5', spot: true });
  assert.deepEqual([vm.properties.billingProfile.maxPrice, vm.properties.evictionPolicy], [-1, 'Deallocate']);
});

test('an ephemeral OS disk lies where the size has room, and its Spot machine is deleted when its place is needed', async () => {
  const { vm } = await made({ size: 'Standard_D2ds_v5', ephemeralOsDisk: 'auto', spot: true });
  const { osDisk } = vm.properties.storageProfile;
  assert.deepEqual(
    [osDisk.diffDiskSettings, osDisk.caching],
    [{ option: 'Local', placement: 'CacheDisk' }, 'ReadOnly'],
  );
  assert.equal(vm.properties.evictionPolicy, 'Delete');
  const nvme = await made({ size: 'Standard_D2ds_v6', ephemeralOsDisk: 'nvme' });
  assert.equal(nvme.vm.properties.storageProfile.osDisk.diffDiskSettings.placement, 'NvmeDisk');
});

test('set and proximity placement group are made together, and go with the last machine', async () => {
  const { vm, sets, groups } = await made({
    availabilitySet: 'set',
    faultDomainCount: 3,
    updateDomainCount: 7,
    proximityPlacementGroup: 'near',
  });
  const set = sets.find(({ name }: { name: string }) => name === 'set');
  assert.deepEqual([set.properties.platformFaultDomainCount, set.properties.platformUpdateDomainCount], [3, 7]);
  const near = groups.find(({ name }: { name: string }) => name === 'near');
  assert.deepEqual(near.tags, { 'azdock-shared': 'true' });
  for (const one of [set, vm])
    assert.equal(one.properties.proximityPlacementGroup.id.toLowerCase(), near.id.toLowerCase());
});

test('what machines share stays while another needs it, and what somebody else made stays for good', async () => {
  const values: AzureOptionValues = { availabilitySet: 'set', proximityPlacementGroup: 'ours:near' };
  const [one, other] = ['one', 'other'].map((name) => sandboxMachine(sandbox, { name, values }));
  await one?.create();
  await other?.create();
  await one?.remove();
  assert.ok(extra().some((left) => left.endsWith('/proximityPlacementGroups/near')));
  await other?.remove();
  assert.deepEqual(extra(), []);
  const zonal = id('Microsoft.Compute/proximityPlacementGroups/zonal');
  const { vm } = await made({ size: 'Standard_D2s_v5', availabilityZone: '2', proximityPlacementGroup: zonal });
  assert.equal(vm.properties.proximityPlacementGroup.id, zonal);
});

test('images of all kinds are found, with what Azure knows of them', async () => {
  const managed = await made({ image: id('Microsoft.Compute/images/golden') });
  assert.equal(managed.vm.properties.storageProfile.imageReference.id, id('Microsoft.Compute/images/golden'));
  assert.equal(managed.vm.properties.securityProfile, undefined);
  const trusted = await made({ image: id('Microsoft.Compute/galleries/ours/images/trusted/versions/latest') });
  assert.equal(trusted.vm.properties.storageProfile.imageReference.exactVersion, '1.0.0');
  assert.equal(trusted.vm.properties.securityProfile.securityType, 'TrustedLaunch');
  const plain = await made({ image: id('Microsoft.Compute/galleries/ours/images/plain/versions/1.0.0') });
  assert.equal(plain.vm.properties.securityProfile, undefined);
  const { body } = await azure('GET', id('Microsoft.Compute/galleries/theirs'));
  const [publicName] = body.properties.sharingProfile.communityGalleryInfo.publicNames;
  const community = await made({ image: `/CommunityGalleries/${publicName}/Images/docker/Versions/latest` });
  assert.equal(community.vm.properties.storageProfile.imageReference.exactVersion, '1.10.0');
  const lent = await made({ image: `/SharedGalleries/${sandbox.subscriptionId}-LENT/Images/docker/Versions/1.9.0` });
  assert.equal(lent.vm.properties.storageProfile.imageReference.exactVersion, '1.9.0');
  const arm = await made({ size: 'Standard_D2ps_v5' });
  assert.match(arm.vm.properties.storageProfile.imageReference.sku, /arm64/);
});

test('an image with a plan is refused until its terms are accepted, and then goes by itself', async () => {
  await refused(
    { image: flatcar },
    /terms of plan kinvolk:flatcar-container-linux-free:stable-gen2/,
    /--azure-accept-terms/,
  );
  const { vm } = await made({ image: flatcar, acceptTerms: true });
  assert.deepEqual([vm.plan.publisher, vm.plan.name], ['kinvolk', 'stable-gen2']);
  await made({ image: flatcar, plan: 'kinvolk:flatcar-container-linux-free:stable-gen2' });
  await made({ acceptTerms: true });
});

test('what cannot be is refused before anything is made, with a next step', async () => {
  await azure('POST', '/providers/Microsoft.Features/providers/Microsoft.Compute/features/EncryptionAtHost/unregister');
  const group = { resourceGroup: 'ours' };
  await refused({ encryptionAtHost: true }, /not registered for encryption at host/, /^az feature register/);
  await refused({ encryptionAtHost: true, size: 'Standard_NC4as_T4_v3' }, /has no encryption at host|quota|left/);
  await refused({ image: id('Microsoft.Compute/images/none') }, /There is no image/);
  await refused({ image: id('Microsoft.Compute/galleries/ours/images/plain/versions/9.9.9') }, /There is no image/);
  await refused({ image: '/CommunityGalleries/none/Images/x' }, /There is no image/);
  await refused({ image: `/SharedGalleries/${sandbox.subscriptionId}-LENT/Images/docker/Versions/2.0.0` }, /no image/);
  await refused({ image: id('Microsoft.Compute/images/golden'), location: 'northeurope' }, /is not in northeurope/);
  await refused(
    { image: id('Microsoft.Compute/images/golden'), diskSizeGiB: 30 },
    /30 GiB is too small/,
    /disk-size 40/,
  );
  await refused(
    { image: id('Microsoft.Compute/images/golden'), securityType: 'trusted-launch' },
    /does not allow Trusted/,
  );
  await refused(
    { image: 'Canonical:ubuntu-24_04-lts:server-gen1:latest', securityType: 'trusted-launch' },
    /generation 1/,
  );
  await refused({ securityType: 'trusted-launch', size: 'Standard_D2ps_v5' }, /has no Trusted Launch/);
  await refused(
    { image: 'Canonical:ubuntu-24_04-lts:server:latest', size: 'Standard_D2ps_v5' },
    /Arm64 processors/,
    /arm64/,
  );
  await refused({ image: 'Canonical:ubuntu-24_04-lts:server-gen1:latest', size: 'Standard_D2s_v6' }, /cannot boot/);
  await refused({ image: rocky, plan: 'resf:rockylinux-x86_64:other', acceptTerms: true }, /has the plan/);
  await refused({ plan: 'a:b:c', acceptTerms: true }, /has no plan/);
  await refused({ image: 'Canonical:UbuntuServer2:18.04-LTS:latest' }, /has no image/);
  await refused(
    { size: 'Standard_A2_v2', storageType: 'Premium_LRS', image: 'Canonical:ubuntu-24_04-lts:server-gen1:latest' },
    /takes no disks of kind Premium_LRS/,
  );
  await refused({ dataDisks: ['1', '1', '1', '1', '1'] }, /takes 4 data disks/);
  await refused(
    { size: 'Standard_D2s_v5', dataDisks: ['8:PremiumV2_LRS'] },
    /needs a machine in a zone/,
    /availability-zone/,
  );
  await refused({ size: 'Standard_D2s_v5', ephemeralOsDisk: 'auto' }, /no place for an ephemeral OS disk/);
  await refused({ size: 'Standard_D2ds_v5', ephemeralOsDisk: 'nvme' }, /no room/);
  await refused(
    { size: 'Standard_D2ds_v5', ephemeralOsDisk: 'auto', diskSizeGiB: 128 },
    /no room for an OS disk of 128 GiB/,
  );
  await refused({ spot: true }, /Spot/);
  await refused({ identities: [id('Microsoft.ManagedIdentity/userAssignedIdentities/none')] }, /There is no identity/);
  await refused({ ...group, availabilitySet: 'classic' }, /Classic/);
  await refused(
    { ...group, availabilitySet: 'aligned', faultDomainCount: 2 },
    /exists with 3 domains/,
    /domain-count 3/,
  );
  await refused({ ...group, availabilitySet: 'aligned', proximityPlacementGroup: 'new' }, /in no proximity/);
  await refused({ ...group, proximityPlacementGroup: 'zonal', size: 'Standard_D2s_v5' }, /in zone 2/, /zone 2/);
  await refused({ ...group, proximityPlacementGroup: 'zonal', availabilityZone: '2' }, /meant for Standard_D2s_v5/);
  await refused({ proximityPlacementGroup: 'nowhere:near' }, /no resource group nowhere/);
  await refused(
    { proximityPlacementGroup: id('Microsoft.Compute/proximityPlacementGroups/x') },
    /There is no proximity/,
  );
  await refused({ image: flatcar, dataDisks: ['8'], acceptTerms: true }, /no cloud-init/);
});

test('what only Azure can refuse ends with its code and a next step, and rm leaves nothing', async () => {
  const machine = sandboxMachine(sandbox, { values: { size: 'Standard_D2s_v5', spot: true, spotMaxPrice: '0.00001' } });
  await machine.driver.check(() => {});
  await assert.rejects(machine.create(), (error: unknown) => {
    assert.match(
      String(error),
      /a Spot Standard_D2s_v5 costs 0\.02 US dollars an hour.*0\.00001 \(OperationNotAllowed\)/,
    );
    return true;
  });
  await machine.remove();
  assert.deepEqual(extra(), []);
});
