import { AzdockCommand } from '../cli/base-command.ts';
import { runForeground } from '../cli/foreground.ts';
import { machineName } from '../cli/flags.ts';
import { userTerminal } from '../cli/user-terminal.ts';
import { pickName } from '../machine/pick-names.ts';

export default class Ssh extends AzdockCommand {
  static override summary = 'Log in to a machine, or run a command on it';
  static override group = 'Host' as const;
  static override description =
    "Everything after the machine's name is ssh's: its flags (-A, -L, -R, -D, -t, …), then the command, whose words the " +
    "machine's shell joins by blanks. Ends with the command's exit code, 255 when there is no connection. The ssh of this " +
    'computer does it; without one, or with --native-ssh, the built-in client. Only the host key that was pinned when ' +
    'the machine was made is accepted.';
  static override examples = [
    'azdock ssh dev',
    'azdock ssh dev sudo journalctl -u docker',
    'azdock ssh dev -L 8080:localhost:80 -N',
    'tar c . | azdock ssh dev tar x -C /srv',
  ];
  static override passThrough = true;
  static override strict = false;
  static override args = { name: machineName() };

  async run(): Promise<void> {
    const { args } = await this.parse(Ssh);
    const { environment, nativeSsh: native, storePath } = this.context;
    const name = pickName(storePath, args.name);
    const { runSsh } = await import('../machine/ssh.ts');
    const terminal = () => userTerminal(environment);
    const request = { name, words: this.passedOnAsTyped, native, terminal, programs: { run: runForeground } };
    this.endLike(await runSsh(request, this.context));
  }
}
