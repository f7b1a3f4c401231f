import { compute, location, make, makeMachine } from '../sandbox/build-machine.ts';
import { type Arm, finish, type Json } from '../sandbox/raw-https.ts';

const groups = `${compute}/proximityPlacementGroups`;
const images = `${compute}/images`;
const galleries = `${compute}/galleries`;
const identities = '/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities';
const features = '/providers/Microsoft.Features/providers/Microsoft.Compute/features';
const agreement =
  '/providers/Microsoft.MarketplaceOrdering/offerTypes/virtualmachine/publishers/kinvolk/offers/flatcar-container-linux-free/plans/stable-gen2/agreements/current';
const image = { publisher: 'kinvolk', offer: 'flatcar-container-linux-free', sku: 'stable-gen2', version: 'latest' };
const blobUri = 'https://account.blob.core.windows.net/vhds/image.vhd';

/** Asks for what machines can be made of and with, and for a machine that has all of it. */
export async function askForCompute(arm: Arm): Promise<void> {
  await makeGroups(arm);
  await makeImages(arm);
  await makeMachines(arm);
  await readForeignGalleries(arm);
  for (const path of [
    ...[groups, `${groups}/near`, '/providers/Microsoft.Compute/proximityPlacementGroups', `${groups}/none`],
    ...[images, `${images}/golden`, '/providers/Microsoft.Compute/images', `${images}/none`],
    ...[galleries, `${galleries}/ours`, '/providers/Microsoft.Compute/galleries', `${galleries}/none`],
    ...[`${galleries}/ours/images`, `${galleries}/ours/images/docker`, `${galleries}/ours/images/none`],
    ...[`${galleries}/ours/images/docker/versions`, `${galleries}/ours/images/docker/versions/1.0.0`],
    ...[identities, `${identities}/robot`, '/providers/Microsoft.ManagedIdentity/userAssignedIdentities'],
    ...[features, `${features}/EncryptionAtHost`],
    ...[`${compute}/virtualMachines/full?$expand=userData`, `${compute}/virtualMachines/full/instanceView`],
    ...[`${compute}/disks/full-data`, `${compute}/virtualMachines/cheap`],
  ])
    await arm('GET', path);
  await change(arm);
  await remove(arm);
}

async function makeGroups(arm: Arm): Promise<void> {
  const properties = { proximityPlacementGroupType: 'Standard', intent: { vmSizes: ['Standard_D2ds_v5'] } };
  for (const [name, more] of [
    ['near', {}],
    ['nearer', { zones: ['1'], properties }],
  ] as const)
    await make(arm, `${groups}/${name}`, { location, properties: {}, ...more });
  await arm('PATCH', `${groups}/near`, { tags: { a: 'b' } });
  await make(arm, `${identities}/robot`, { location });
  await arm('PATCH', `${identities}/robot`, { tags: { a: 'b' } });
  for (const action of ['unregister', 'register']) await arm('POST', `${features}/EncryptionAtHost/${action}`);
  const { body } = await arm('GET', agreement);
  await arm('PUT', agreement, { properties: { ...body.properties, accepted: true } });
}

async function makeImages(arm: Arm): Promise<void> {
  const osDisk = { osType: 'Linux', osState: 'Generalized', blobUri };
  await make(arm, `${images}/golden`, { location, properties: { hyperVGeneration: 'V2', storageProfile: { osDisk } } });
  const communityGalleryInfo = { publicNamePrefix: 'ours', publisherUri: 'https://example.com' };
  const sharingProfile = { permissions: 'Community', communityGalleryInfo };
  await make(arm, `${galleries}/ours`, { location, properties: { sharingProfile } });
  await arm('POST', `${galleries}/ours/share`, { operationType: 'EnableCommunity' });
  const identifier = { publisher: 'us', offer: 'docker', sku: 'lts' };
  const definition = { osType: 'Linux', osState: 'Generalized', hyperVGeneration: 'V2', identifier };
  await make(arm, `${galleries}/ours/images/docker`, { location, properties: definition });
  const storageProfile = { osDiskImage: { source: { uri: blobUri } } };
  await make(arm, `${galleries}/ours/images/docker/versions/1.0.0`, { location, properties: { storageProfile } });
}

/** What a region has of galleries that are shared. */
async function readForeignGalleries(arm: Arm): Promise<void> {
  const { body } = await arm('GET', `${galleries}/ours`);
  const [publicName] = body.properties.sharingProfile.communityGalleryInfo.publicNames;
  const place = `/providers/Microsoft.Compute/locations/${location}`;
  for (const kind of [`communityGalleries/${publicName}`, `sharedGalleries/${body.properties.identifier.uniqueName}`])
    for (const path of ['', '/versions', '/versions/1.0.0'])
      await arm('GET', `${place}/${kind}/images/docker${path}?api-version=2025-12-03`);
}

async function makeMachines(arm: Arm): Promise<void> {
  const at = (below: string) => `${arm.subscription}${below}`;
  const properties: Json = {
    hardwareProfile: { vmSize: 'Standard_D2ds_v5' },
    storageProfile: {
      imageReference: image,
      osDisk: {
        createOption: 'FromImage',
        caching: 'ReadOnly',
        diffDiskSettings: { option: 'Local', placement: 'ResourceDisk' },
      },
      dataDisks: [
        { lun: 0, name: 'full-data', createOption: 'Empty', diskSizeGB: 8, deleteOption: 'Delete' },
        {
          lun: 1,
          createOption: 'Empty',
          diskSizeGB: 8,
          caching: 'None',
          managedDisk: { storageAccountType: 'PremiumV2_LRS' },
        },
      ],
    },
    securityProfile: { encryptionAtHost: true },
    proximityPlacementGroup: { id: at(`${groups}/nearer`) },
    diagnosticsProfile: { bootDiagnostics: { enabled: true, storageUri: 'https://account1.blob.core.windows.net/' } },
    userData: 'aGVsbG8=',
  };
  const plan = { publisher: 'kinvolk', product: 'flatcar-container-linux-free', name: 'stable-gen2' };
  const identity = { type: 'UserAssigned', userAssignedIdentities: { [at(`${identities}/robot`)]: {} } };
  await makeMachine(arm, 'full', { zones: ['1'], plan, identity, properties });
  const spot = { priority: 'Spot', evictionPolicy: 'Delete', billingProfile: { maxPrice: -1 } };
  await makeMachine(arm, 'cheap', { properties: { ...spot, hardwareProfile: { vmSize: 'Standard_D2s_v5' } } });
}

async function change(arm: Arm): Promise<void> {
  const identity = { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: {} };
  await finish(arm, await arm('PATCH', `${compute}/virtualMachines/full`, { identity }));
  await arm('POST', `${compute}/virtualMachines/full/deallocate`);
  await arm('POST', `${compute}/virtualMachines/full/simulateEviction`);
  await arm('POST', `${compute}/virtualMachines/cheap/simulateEviction`);
  for (const path of [
    `${groups}/nearer`,
    `${galleries}/ours`,
    `${galleries}/ours/images/docker`,
    `${compute}/disks/full-data`,
  ])
    await arm('DELETE', path);
}

async function remove(arm: Arm): Promise<void> {
  for (const path of [
    `${compute}/virtualMachines/full`,
    ...['near', 'nearer'].map((name) => `${groups}/${name}`),
    ...[`${images}/golden`, `${galleries}/ours/images/docker/versions/1.0.0`],
    ...[`${galleries}/ours/images/docker`, `${galleries}/ours`, `${identities}/robot`],
  ])
    await finish(arm, await arm('DELETE', path));
}
