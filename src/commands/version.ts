import { AzdockCommand, type CommandGroup } from '../cli/base-command.ts';

export default class Version extends AzdockCommand {
  static override summary = 'Print the version of azdock';
  static override group: CommandGroup = 'Other';
  static override examples = ['azdock version', 'azdock version --json'];
  static override enableJsonFlag = true;

  async run(): Promise<void> {
    await this.parse(Version);
    const { version, json } = this.context;
    if (json) await this.printJson({ version, node: process.versions.node });
    else await this.print(`azdock version ${version}`);
  }
}
