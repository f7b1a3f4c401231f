import { wholeNumber } from '../../cli/flags.ts';
import { sandboxRequests } from '../../cli/sandbox-summary.ts';
import { SandboxCommand } from './sandbox-command.ts';

export default class SandboxJournal extends SandboxCommand {
  static override summary = 'List the requests that the sandbox was sent';
  static override description =
    'With --json, bodies and headers too; secrets in them were replaced before they were written.';
  static override examples = ['azdock sandbox journal', 'azdock sandbox journal --since 40 --json'];
  static override flags = {
    since: wholeNumber({ summary: 'Only requests after this number', helpValue: 'NUMBER' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(SandboxJournal);
    const { readJournal } = await import('../../sandbox/client.ts');
    const journal = await this.doing(readJournal(this.directory, flags.since ?? 0));
    if (this.context.json) await this.printJson(journal);
    else await this.print(sandboxRequests(journal));
  }
}
