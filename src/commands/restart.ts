import { AzdockCommand } from '../cli/base-command.ts';
import { machineNames } from '../cli/flags.ts';
import { printOutcome } from '../cli/print-outcome.ts';
import { pickNames } from '../machine/pick-names.ts';

export default class Restart extends AzdockCommand {
  static override summary = 'Restart machines';
  static override description =
    'A real reboot, and the end is when the engine answers again; containers come back as their restart policies say. A ' +
    'machine that is stopped is started.';
  static override examples = ['azdock restart dev'];
  static override enableJsonFlag = true;
  static override args = { names: machineNames() };

  async run(): Promise<void> {
    const { args } = await this.parse(Restart);
    const { storePath, progress, program } = this.context;
    const names = pickNames(storePath, args.names);
    const { restartMachines } = await import('../machine/restart.ts');
    const outcome = await restartMachines(names, this.context);
    await printOutcome(this, outcome, { key: 'restarted', line: ({ name }) => `Machine "${name}" was restarted.` });
    progress.info(
      `Restarted machines may have new IP addresses. You may need to re-run the \`${program} env\` command.`,
    );
  }
}
