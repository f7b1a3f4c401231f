import type { Story } from './record-azdock.ts';

/** The group in which a team keeps what machines are made of. */
const COMPUTE = '/resourceGroups/team/providers/Microsoft.Compute';
const GALLERIES = '?api-version=2025-12-03';
const VERSION = '?api-version=2026-04-01';
const source = { osDiskImage: { source: { uri: 'https://account.blob.core.windows.net/vhds/image.vhd' } } };
const linux = { osType: 'Linux', osState: 'Generalized', hyperVGeneration: 'V2' };

/** Machines that fit into a team's subscription: its images and identities, places, disks, Spot, plans. */
export async function createWithAllComputeOptions(story: Story): Promise<void> {
  await story.file('boot.cfg', '#cloud-config\nruncmd:\n  - [ "true" ]\n');
  const publicGallery = await shareImages(story);
  const team = `/subscriptions/${story.sandbox.discovery.subscriptionId}${COMPUTE}`;
  const identity = `${team.replace('Microsoft.Compute', 'Microsoft.ManagedIdentity')}/userAssignedIdentities/me`;
  await Promise.all([
    story.works(
      'create zonal --azure-availability-zone 2 --azure-size Standard_D2s_v5 --azure-spot --azure-spot-max-price 0.5 ' +
        '--azure-spot-eviction-policy delete --azure-data-disk 64 --azure-data-disk 8:PremiumV2_LRS --azure-data-disk ' +
        `32:Premium_LRS:/srv --azure-identity ${identity} --azure-boot-diagnostics none --azure-encryption-at-host ` +
        '--azure-security-type trusted-launch --azure-tag team=web --azure-custom-data boot.cfg',
    ),
    story.works(
      'create near --azure-availability-set pair --azure-proximity-placement-group near --azure-fault-domain-count 3 ' +
        '--azure-update-domain-count 7 --azure-security-type standard --azure-tags stage,test ' +
        `--azure-boot-diagnostics https://account.blob.core.windows.net/ --azure-image ${team}/images/golden`,
    ),
    story.works(
      'create quick --azure-size Standard_D2ds_v5 --azure-ephemeral-os-disk auto --azure-spot ' +
        `--azure-image /CommunityGalleries/${publicGallery}/Images/docker`,
    ),
    story.works('create sold --azure-image resf:rockylinux-x86_64:9-base:latest --azure-accept-terms'),
    story.works(
      `create beside --azure-proximity-placement-group team:near --azure-image ${team}/galleries/team/images/docker`,
    ),
  ]);
  await Promise.all([
    story.fails(/terms of plan/, 'create unsold --azure-image kinvolk:flatcar-container-linux-free:stable-gen2:latest'),
    story.fails(/no image/, `create absent --azure-image ${team}/images/absent`),
    story.fails(/no identity/, `create nobody --azure-identity ${identity}-2`),
    story.fails(/no resource group/, 'create nowhere --azure-proximity-placement-group nowhere:near'),
    story.fails(/cannot deallocate/, 'stop quick'),
  ]);
  await story.works('stop --no-deallocate quick');
  await story.works('rm -y zonal near quick sold beside');
}

/** @returns the name under which everybody knows the team's gallery */
async function shareImages(story: Story): Promise<string> {
  const location = 'westeurope';
  const put = (path: string, body: object) => story.azure('PUT', path, { location, ...body });
  await put('/resourcegroups/team', {});
  await put(
    '/resourceGroups/team/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me?api-version=2024-11-30',
    {},
  );
  await story.azure(
    'POST',
    '/providers/Microsoft.Features/providers/Microsoft.Compute/features/EncryptionAtHost/register?api-version=2021-07-01',
  );
  await put(`${COMPUTE}/images/golden${VERSION}`, {
    properties: {
      hyperVGeneration: 'V2',
      storageProfile: {
        osDisk: { osType: 'Linux', osState: 'Generalized', blobUri: source.osDiskImage.source.uri },
      },
    },
  });
  await put(`${COMPUTE}/galleries/team${GALLERIES}`, {
    properties: {
      sharingProfile: {
        permissions: 'Community',
        communityGalleryInfo: {
          publisherUri: 'https://example.com',
          publisherContact: 'us@example.com',
          eula: 'https://example.com/eula',
          publicNamePrefix: 'team',
        },
      },
    },
  });
  await put(`${COMPUTE}/galleries/team/images/docker${GALLERIES}`, {
    properties: { ...linux, identifier: { publisher: 'team', offer: 'docker', sku: 'lts' } },
  });
  await put(`${COMPUTE}/galleries/team/images/docker/versions/1.0.0${GALLERIES}`, {
    properties: { storageProfile: source },
  });
  await story.azure('POST', `${COMPUTE}/galleries/team/share${GALLERIES}`, { operationType: 'EnableCommunity' });
  const { body } = await story.sandbox.azure('GET', `${COMPUTE}/galleries/team${GALLERIES}`);
  return body.properties.sharingProfile.communityGalleryInfo.publicNames[0];
}
