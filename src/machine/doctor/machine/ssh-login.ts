import { SshError } from '../../../errors/ssh-error.ts';
import { commandLine } from '../../../ssh/command.ts';
import { checkKeyFile, keyFileOf } from '../../ssh-key-file.ts';
import type { Check } from '../check.ts';
import { advice, command, type Finding, ok, problem } from '../finding.ts';
import type { MachineSubject } from './machine-subject.ts';

/** Whether the host lets the machine's user in with the machine's key. */
export const sshLogin: Check<MachineSubject> = {
  id: 'ssh-login',
  title: 'SSH login',
  needs: ['host-key'],
  applies: ({ stored }) => stored.record.DriverName !== 'none',
  async run(subject) {
    const { name, stored, context } = subject;
    const keyFile = keyFileOf(stored.record, context.storePath);
    if (keyFile !== undefined) checkKeyFile(keyFile, name);
    try {
      const { user, host } = await subject.ssh();
      return ok(`${user} gets in at ${host}.`);
    } catch (error) {
      if (!(error instanceof SshError) || error.failure !== 'authentication') throw error;
      return refused(subject, keyFile);
    }
  },
};

function refused({ stored: { record }, azure }: MachineSubject, keyFile: string | undefined): Finding {
  const { SSHUser: user } = record.Driver;
  if (keyFile === undefined)
    return problem(
      `The host takes none of your SSH keys for ${user}.`,
      advice(`Load one that ${user} may use into your SSH agent: ssh-add.`),
    );
  const message = `The host does not take ${keyFile} for ${user}.`;
  if (azure === undefined)
    return problem(message, advice(`Add ${keyFile}.pub to .ssh/authorized_keys of ${user} on the host.`));
  const place = ['-g', azure.options.resourceGroup, '-n', record.Name];
  return problem(
    message,
    command(commandLine(['az', 'vm', 'user', 'update', ...place, '-u', user, '--ssh-key-value', `${keyFile}.pub`])),
  );
}
