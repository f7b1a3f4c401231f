import assert from 'node:assert/strict';
import { location, make, securityRule } from '../../sandbox/build-machine.ts';
import type { Arm, Json } from '../../sandbox/raw-https.ts';
import type { Lane, Surroundings } from '../lane.ts';

/** The group in which a team keeps what machines are made of, and in which they are. */
export const teamPath = (subscription: string) =>
  `/subscriptions/${subscription}/resourceGroups/team/providers/Microsoft.Compute`;
export const teamNetwork = (subscription: string) => teamPath(subscription).replace('Compute', 'Network');
export const teamIdentity = (subscription: string) =>
  `${teamPath(subscription).replace('Compute', 'ManagedIdentity')}/userAssignedIdentities/me`;

const blob = 'https://account.blob.core.windows.net/vhds/image.vhd';

/** Images of all kinds, an identity, a network with a subnet, and a security group. */
export const team: Surroundings = {
  name: 'team',
  async make(azure, { sandbox }) {
    const compute = teamPath(sandbox.subscriptionId);
    const put = (path: string, properties?: Json) =>
      make(azure, path, { location, ...(properties === undefined ? {} : { properties }) });
    await put('/resourcegroups/team');
    await put(teamIdentity(sandbox.subscriptionId));
    const osDisk = { osType: 'Linux', osState: 'Generalized', blobUri: blob };
    await put(`${compute}/images/golden`, { hyperVGeneration: 'V2', storageProfile: { osDisk } });
    await makeGallery(azure, `${compute}/galleries/team`, { permissions: 'Groups' });
    await makeGallery(azure, `${compute}/galleries/open`, {
      permissions: 'Community',
      communityGalleryInfo: {
        publisherUri: 'https://example.com',
        publisherContact: 'us@example.com',
        eula: 'https://example.com/eula',
        publicNamePrefix: 'team',
      },
    });
    await azure('POST', `${compute}/galleries/open/share`, { operationType: 'EnableCommunity' });
    const network = teamNetwork(sandbox.subscriptionId);
    await put(`${network}/networkSecurityGroups/guard`, { securityRules: [securityRule('ssh', 100)] });
    await put(`${network}/virtualNetworks/hub`, {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [{ name: 'inner', properties: { addressPrefix: '10.0.1.0/24' } }],
    });
    await azure('POST', '/providers/Microsoft.Features/providers/Microsoft.Compute/features/EncryptionAtHost/register');
  },
};

async function makeGallery(azure: Arm, path: string, sharingProfile: Json): Promise<void> {
  await make(azure, path, { location, properties: { sharingProfile } });
  await make(azure, `${path}/images/docker`, {
    location,
    properties: {
      ...{ osType: 'Linux', osState: 'Generalized', hyperVGeneration: 'V2' },
      identifier: { publisher: 'team', offer: 'docker', sku: 'lts' },
    },
  });
  await make(azure, `${path}/images/docker/versions/1.0.0`, {
    location,
    properties: { storageProfile: { osDiskImage: { source: { uri: blob } } } },
  });
}

/** The name under which everybody knows the team's open gallery. */
export function publicGallery({ sandbox }: Lane): string {
  const [open] = sandbox.server.world.state.galleries.list(({ publicName }) => publicName !== undefined);
  return open?.publicName ?? assert.fail('the gallery is not open');
}

/** The name by which other subscriptions know the gallery that is shared with them. */
export function sharedGallery({ sandbox }: Lane): string {
  return `${sandbox.subscriptionId}-team`.toUpperCase();
}
