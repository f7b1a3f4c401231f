import { findProgram } from '../ssh/find-program.ts';
import { sshArguments } from '../ssh/openssh-arguments.ts';
import type { MachineContext } from './machine-context.ts';
import { nativeSsh, type UserTerminal } from './native-ssh.ts';
import { checkAnswer } from './check-answer.ts';
import { sshHost } from './ssh-host.ts';
import type { OutsidePrograms } from './outside-programs.ts';

export interface SshRequest {
  readonly name: string;
  /** What follows the machine's name: flags of ssh, then a command. */
  readonly words: readonly string[];
  /** `--native-ssh`: the built-in client even where the system has an ssh. */
  readonly native: boolean;
  /** Asked for only by the built-in client: whoever touches standard input takes it from another program. */
  readonly terminal: () => UserTerminal;
  readonly programs: OutsidePrograms;
}

/** What ssh ends with when it could not do its work, but also a command on the host may (ssh(1), "EXIT STATUS"). */
const SSH_FAILED = 255;

/**
 * Logs in to a machine: a terminal, or a command. The system's ssh does it where there is one, else the built-in client.
 *
 * @returns exit code of the command or shell
 */
export async function runSsh(request: SshRequest, context: MachineContext): Promise<number> {
  const { name, words, programs } = request;
  const host = await sshHost(name, context);
  const file = request.native ? undefined : findProgram('ssh', context.environment);
  if (file === undefined) return nativeSsh({ host, words, terminal: request.terminal() }, context);
  const code = await programs.run({ file, args: sshArguments(host, words), environment: context.environment });
  if (code !== SSH_FAILED) return code;
  await checkAnswer(host, context);
  return code;
}
