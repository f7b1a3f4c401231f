import { option } from '@oclif/core/flags';
import type { InferredFlags } from '@oclif/core/interfaces';
import type { AdoptInput, AdoptProvisioner } from '../machine/adopt/adopt-request.ts';
import { catalogueValues, subscriptionFlags } from './azure-flags/catalogue.ts';
import { engineFlags, engineValues } from './engine-flags.ts';
import { extensionFlags, extensionValues } from './extension-flags.ts';
import { port, text, yes } from './flags.ts';
import type { PasswordPlaces } from './registry-password.ts';

const VM = 'The virtual machine';

/** All flags of `adopt`. */
export const adoptFlags = {
  'azure-vm': text({
    helpValue: 'ID',
    summary: 'Resource id of the virtual machine, or GROUP:NAME',
    helpGroup: VM,
  }),
  'azure-provisioner': option({
    options: ['auto', 'docker-extension', 'custom-script', 'ssh'] as const satisfies AdoptProvisioner[],
    env: 'AZDOCK_AZURE_PROVISIONER',
    helpValue: 'HOW',
    summary:
      'How Docker gets onto it, or is given its certificates: docker-extension, custom-script, ssh, or what fits [default: auto]',
    helpGroup: VM,
  })(),
  'azure-ssh-user': text({
    helpValue: 'NAME',
    summary: "Who azdock logs in as [default: the virtual machine's admin user]",
    helpGroup: VM,
  }),
  'ssh-key': text({
    helpValue: 'FILE',
    summary:
      "Private key of somebody who can log in: azdock's own key is brought over SSH, and not by Azure's run command",
    helpGroup: VM,
  }),
  'azure-docker-port': port({ env: 'AZURE_DOCKER_PORT', summary: 'Port of the engine [default: 2376]', helpGroup: VM }),
  tunnel: yes({
    env: 'AZDOCK_TUNNEL',
    summary: 'Open no port for Docker: the engine is reached through SSH, by a socket of this computer',
    helpGroup: VM,
  }),
  'azure-use-private-ip': yes({
    env: 'AZURE_USE_PRIVATE_IP',
    summary: 'Reach it at its private address',
    helpGroup: VM,
  }),
  'restart-containers': yes({
    summary: 'Containers that run there may be stopped while the engine restarts',
    helpGroup: VM,
  }),
  force: yes({ char: 'f', summary: 'Also when it is a machine of another store', helpGroup: VM }),
  ...engineFlags,
  ...extensionFlags,
  ...subscriptionFlags,
};

/** @throws UsageError when a value, a variable or a password is missing */
export async function adoptValues(
  { name, vm }: { readonly name: string; readonly vm: string },
  flags: InferredFlags<typeof adoptFlags>,
  places: Omit<PasswordPlaces, 'file' | 'stdin'>,
): Promise<AdoptInput> {
  return {
    name,
    vm,
    azure: {
      ...catalogueValues(flags),
      sshUser: flags['azure-ssh-user'],
      dockerPort: flags['azure-docker-port'],
      usePrivateIp: flags['azure-use-private-ip'],
    },
    provisioner: flags['azure-provisioner'] ?? 'auto',
    sshKey: flags['ssh-key'],
    tunnel: flags.tunnel,
    force: flags.force,
    restartContainers: flags['restart-containers'],
    engine: engineValues(flags),
    tlsSans: flags['tls-san'],
    extension: await extensionValues(flags, places),
  };
}
