import { string as stringArgument } from '@oclif/core/args';
import { AzdockCommand } from '../cli/base-command.ts';
import { yes } from '../cli/flags.ts';
import { UsageError } from '../errors/usage-error.ts';
import { pickName } from '../machine/pick-names.ts';

export default class Allow extends AzdockCommand {
  static override summary = 'Show who may reach a machine, or change it';
  static override description =
    "Without addresses it asks Azure and shows the rules of the machine's firewall. With addresses, only these may reach its SSH " +
    'port, its Docker port and the ports that were opened with it: addresses, CIDR blocks, service tags of Azure, or * for ' +
    'everybody. Rules that somebody else added to the firewall stay.';
  static override examples = [
    'azdock allow dev',
    'azdock allow dev 203.0.113.7',
    'azdock allow dev --add 198.51.100.0/24 AzureCloud.WestEurope',
    'azdock allow dev --remove 203.0.113.7',
  ];
  static override enableJsonFlag = true;
  static override args = {
    name: stringArgument({
      multiple: true,
      ignoreStdin: true,
      default: [],
      description: 'Machine, and after it who may reach it: addresses, CIDR blocks, service tags, or *',
    }),
  };
  static override flags = {
    add: yes({ summary: 'Let these in besides those that may come in now', exclusive: ['remove'] }),
    remove: yes({ summary: 'Let these in no more', exclusive: ['add'] }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Allow);
    const [first, ...sources] = args.name;
    const name = pickName(this.context.storePath, first);
    const isChange = flags.add || flags.remove;
    if (sources.length === 0 && isChange)
      throw new UsageError(`azdock allow ${name} ${flags.add ? '--add' : '--remove'} needs an address.`, {
        resource: 'ADDRESS',
      });
    const { allow, showAccess } = await import('../machine/allow.ts');
    const how = flags.add ? 'add' : flags.remove ? 'remove' : 'replace';
    const access =
      sources.length === 0 ? await showAccess(name, this.context) : await allow({ name, sources, how }, this.context);
    if (this.context.json) return this.printJson(access);
    const { accessReport } = await import('../cli/access-report.ts');
    return this.print(
      sources.length === 0 ? accessReport(access) : `${name} can be reached by ${who(access.allowFrom)}.`,
    );
  }
}

function who(allowFrom: readonly string[]): string {
  return allowFrom.includes('*') ? 'everybody' : allowFrom.join(', ');
}
