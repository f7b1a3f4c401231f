import type { InferredFlags } from '@oclif/core/interfaces';
import type { GenericOptionValues } from '../machine/create-request.ts';
import { port, text } from './flags.ts';

const GROUP = 'Driver generic: a host that is there';

/** Flags of driver `generic`, docker-machine's by name and variable (docker/machine:drivers/generic/generic.go). */
export const genericFlags = {
  'generic-ip-address': text({
    env: 'GENERIC_IP_ADDRESS',
    helpValue: 'ADDRESS',
    summary: 'IP address or name of the host',
    helpGroup: GROUP,
  }),
  'generic-ssh-user': text({
    env: 'GENERIC_SSH_USER',
    helpValue: 'NAME',
    summary: 'Who logs in there: root, or somebody who may use sudo without a password [default: root]',
    helpGroup: GROUP,
  }),
  'generic-ssh-key': text({
    env: 'GENERIC_SSH_KEY',
    helpValue: 'FILE',
    summary: 'Private key for it, of which the machine keeps a copy [default: your SSH agent and the keys in ~/.ssh]',
    helpGroup: GROUP,
  }),
  'generic-ssh-port': port({ env: 'GENERIC_SSH_PORT', summary: 'Port of SSH [default: 22]', helpGroup: GROUP }),
  'generic-engine-port': port({
    env: 'GENERIC_ENGINE_PORT',
    summary: 'Port of the engine [default: 2376]',
    helpGroup: GROUP,
  }),
};

/** What was given, in the driver's words. */
export function genericValues(flags: InferredFlags<typeof genericFlags>): GenericOptionValues {
  return {
    ipAddress: flags['generic-ip-address'],
    sshUser: flags['generic-ssh-user'],
    sshKey: flags['generic-ssh-key'],
    sshPort: flags['generic-ssh-port'],
    enginePort: flags['generic-engine-port'],
  };
}
