import type { Check } from '../check.ts';
import { advice, ok, warning } from '../finding.ts';
import type { ComputerSubject } from './computer-subject.ts';
import { runProgram } from './run-program.ts';

/** OpenSSH's ssh, by which azdock ssh, scp and mount work; without it azdock's own client stands in for some of that. */
export const sshProgram: Check<ComputerSubject> = {
  id: 'ssh-program',
  title: 'ssh program',
  async run({ context: { environment } }, signal) {
    const found = await runProgram('ssh', ['-V'], { environment, signal });
    if (found === undefined)
      return warning(
        'There is no ssh program on this computer: azdock uses its own client, without ssh_config.',
        advice('Install OpenSSH: package openssh-client on Debian and Ubuntu, openssh-clients on Fedora and RHEL.'),
      );
    const version = /^\S+/.exec(found.output)?.[0]?.replace(/,$/, '');
    return ok(`${version ?? 'ssh'} (${found.file}).`);
  },
};
