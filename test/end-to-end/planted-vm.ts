import { generateKeyPairSync } from 'node:crypto';
import ssh2 from 'ssh2';
import { compute, location, make, makeMachine, makeNetwork, network, securityRule } from '../sandbox/build-machine.ts';
import type { Arm, Json } from '../sandbox/raw-https.ts';

/** A VM that somebody has made by other means, with that somebody's key. */
export interface PlantedVm {
  readonly id: string;
  /** PEM. */
  readonly privateKey: string;
}

/** Group `rg` with a network, and a security group that lets everybody reach SSH and the engine's port. */
export async function plantNetwork(azure: Arm): Promise<void> {
  await makeNetwork(azure);
  await make(azure, `${network}/networkSecurityGroups/fw`, {
    location,
    properties: {
      securityRules: [securityRule('ssh', 100), securityRule('docker', 110, { destinationPortRange: '2376' })],
    },
  });
}

/** A VM in the network of {@link plantNetwork}. Its admin user is `docker-user`. */
export async function plantVm(azure: Arm, name: string, more: Json = {}): Promise<PlantedVm> {
  const privateKey = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
  }).privateKey;
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  const keyData = `ssh-rsa ${parsed.getPublicSSH().toString('base64')} somebody`;
  await makeMachine(azure, name, {
    tags: { team: 'blue' },
    ...more,
    properties: {
      osProfile: {
        computerName: name,
        adminUsername: 'docker-user',
        linuxConfiguration: { disablePasswordAuthentication: true, ssh: { publicKeys: [{ keyData }] } },
      },
      ...more.properties,
    },
  });
  return { id: `${azure.subscription}${compute}/virtualMachines/${name}`, privateKey };
}

/** Tags of a VM as they are now. */
export async function tagsOf(azure: Arm, { id }: PlantedVm): Promise<Record<string, string>> {
  return (await azure('GET', id.slice(azure.subscription.length))).body.tags ?? {};
}
