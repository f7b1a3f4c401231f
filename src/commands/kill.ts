import { AzdockCommand } from '../cli/base-command.ts';
import { machineNames, yes } from '../cli/flags.ts';
import { printOutcome } from '../cli/print-outcome.ts';
import { pickNames } from '../machine/pick-names.ts';

export default class Kill extends AzdockCommand {
  static override summary = 'Stop machines at once, without a shutdown';
  static override description =
    'As if the plug was pulled: what was not on the disk is lost. The VM is deallocated, as with stop.';
  static override examples = ['azdock kill dev'];
  static override enableJsonFlag = true;
  static override args = { names: machineNames() };
  static override flags = {
    'no-deallocate': yes({ summary: 'Keep the hardware, and go on paying for it' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Kill);
    const names = pickNames(this.context.storePath, args.names);
    const { stopMachines } = await import('../machine/stop.ts');
    const request = { names, deallocate: !flags['no-deallocate'], force: true };
    const outcome = await stopMachines(request, this.context);
    await printOutcome(this, outcome, { key: 'killed', line: (name) => `Machine "${name}" was killed.` });
  }
}
