import { AzdockCommand } from '../cli/base-command.ts';
import { machineName } from '../cli/flags.ts';
import { runForeground } from '../cli/foreground.ts';
import { programFor } from '../machine/exec.ts';
import { pickName } from '../machine/pick-names.ts';

export default class Exec extends AzdockCommand {
  static override summary = 'Run a program of this computer that uses a machine';
  static override group = 'Shell' as const;
  static override description =
    'The program gets the variables that `azdock env` prints, and the engine has to answer first. No shell stands between: ' +
    'arguments, input, output, signals and exit code are its own.';
  static override examples = ['azdock exec dev -- docker ps', 'azdock exec dev -- docker compose up -d'];
  static override passThrough = true;
  static override strict = false;
  static override args = { name: machineName() };

  async run(): Promise<void> {
    const { args } = await this.parse(Exec);
    const { storePath, cwd } = this.context;
    const name = pickName(storePath, args.name);
    const request = { name, words: this.passedOn, cwd, platform: process.platform };
    this.endLike(await runForeground(await programFor(request, this.context)));
  }
}
