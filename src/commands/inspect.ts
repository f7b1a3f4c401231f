import { AzdockCommand } from '../cli/base-command.ts';
import { machineName, text } from '../cli/flags.ts';
import { printableJson } from '../cli/printable.ts';
import { inspectMachine } from '../machine/inspect.ts';
import { pickName } from '../machine/pick-names.ts';

export default class Inspect extends AzdockCommand {
  static override summary = 'Print what is on record about a machine';
  static override examples = [
    'azdock inspect dev',
    "azdock inspect -f '{{.Driver.IPAddress}}' dev",
    "azdock inspect -f '{{json .HostOptions.EngineOptions}}' dev",
  ];
  /** The record is JSON in any case; errors become it. */
  static override enableJsonFlag = true;
  static override args = { name: machineName() };
  static override flags = {
    format: text({
      char: 'f',
      summary: 'Go template to print instead',
      helpValue: 'TEMPLATE',
      exclusive: ['json'],
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Inspect);
    const { text: record } = inspectMachine(pickName(this.context.storePath, args.name), this.context);
    if (flags.format === undefined || flags.format === '') return this.print(printableJson(record));
    const { formatRecord } = await import('../cli/inspect-format.ts');
    return this.printExactly(formatRecord(flags.format, record));
  }
}
