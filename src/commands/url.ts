import { AzdockCommand } from '../cli/base-command.ts';
import { machineName } from '../cli/flags.ts';
import { urlOf } from '../machine/endpoint.ts';
import { pickName } from '../machine/pick-names.ts';

export default class Url extends AzdockCommand {
  static override summary = "Print the URL of a machine's engine";
  static override examples = ['azdock url dev', 'docker -H "$(azdock url dev)" --tlsverify info'];
  static override enableJsonFlag = true;
  static override args = { name: machineName() };

  async run(): Promise<void> {
    const { args } = await this.parse(Url);
    const name = pickName(this.context.storePath, args.name);
    const url = await urlOf(name, this.context);
    if (this.context.json) await this.printJson({ name, url });
    else await this.printExactly(url);
  }
}
