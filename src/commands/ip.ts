import { AzdockCommand } from '../cli/base-command.ts';
import { machineNames } from '../cli/flags.ts';
import { addressesOf } from '../machine/endpoint.ts';
import { pickNames } from '../machine/pick-names.ts';

export default class Ip extends AzdockCommand {
  static override summary = 'Print the addresses of machines';
  static override examples = ['azdock ip dev', 'ssh docker-user@$(azdock ip dev)'];
  static override enableJsonFlag = true;
  static override args = { names: machineNames() };

  async run(): Promise<void> {
    const { args } = await this.parse(Ip);
    const names = pickNames(this.context.storePath, args.names);
    const addresses = await addressesOf(names, this.context);
    if (this.context.json) await this.printJson(names.map((name, at) => ({ name, address: addresses[at] })));
    else await this.printExactly(addresses.join('\n'));
  }
}
