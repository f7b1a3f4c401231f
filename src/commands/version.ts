import { string as stringArgument } from '@oclif/core/args';
import { AzdockCommand, type CommandGroup } from '../cli/base-command.ts';
import { versionLine } from '../cli/docker-machine/mode.ts';

export default class Version extends AzdockCommand {
  static override summary = "Print the version of azdock, or of a machine's engine";
  static override group: CommandGroup = 'Other';
  static override examples = ['azdock version', 'azdock version dev', 'azdock version --json'];
  static override enableJsonFlag = true;
  static override args = {
    name: stringArgument({
      ignoreStdin: true,
      description: 'Machine whose engine is asked; without one, azdock tells its own version',
    }),
  };

  async run(): Promise<void> {
    const { args } = await this.parse(Version);
    if (args.name === undefined) return this.#own();
    const { engineVersionOf } = await import('../machine/engine-version.ts');
    const engineVersion = await engineVersionOf(args.name, this.context);
    return this.context.json ? this.printJson({ name: args.name, engineVersion }) : this.print(engineVersion);
  }

  #own(): Promise<void> {
    const { version, json, program } = this.context;
    return json ? this.printJson({ version, node: process.versions.node }) : this.print(versionLine(program, version));
  }
}
