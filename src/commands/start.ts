import { AzdockCommand } from '../cli/base-command.ts';
import { machineNames } from '../cli/flags.ts';
import { printOutcome } from '../cli/print-outcome.ts';
import { pickNames } from '../machine/pick-names.ts';

export default class Start extends AzdockCommand {
  static override summary = 'Start machines';
  static override description =
    'Ends when the engine answers. An address that has changed goes on record, and the engine gets a new certificate where ' +
    'the old one has expired or does not cover the address.';
  static override examples = ['azdock start dev', 'azdock start ci-1 ci-2'];
  static override enableJsonFlag = true;
  static override args = { names: machineNames() };

  async run(): Promise<void> {
    const { args } = await this.parse(Start);
    const { storePath, progress, program } = this.context;
    const names = pickNames(storePath, args.names);
    const { startMachines } = await import('../machine/start.ts');
    const outcome = await startMachines(names, this.context);
    await printOutcome(this, outcome, { key: 'started', line: ({ name }) => `Machine "${name}" was started.` });
    progress.info(`Started machines may have new IP addresses. You may need to re-run the \`${program} env\` command.`);
  }
}
