import { AzdockCommand } from '../cli/base-command.ts';
import { machineNames, yes } from '../cli/flags.ts';
import { printOutcome } from '../cli/print-outcome.ts';
import { pickNames } from '../machine/pick-names.ts';

export default class Stop extends AzdockCommand {
  static override summary = 'Stop machines, and stop paying for them';
  static override description =
    'The operating system is shut down and the VM deallocated: only disk and address are billed until it is started again.';
  static override examples = ['azdock stop dev', 'azdock stop --no-deallocate dev'];
  static override enableJsonFlag = true;
  static override args = { names: machineNames() };
  static override flags = {
    'no-deallocate': yes({ summary: 'Keep the hardware, and go on paying for it: it starts faster and for certain' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Stop);
    const names = pickNames(this.context.storePath, args.names);
    const { stopMachines } = await import('../machine/stop.ts');
    const request = { names, deallocate: !flags['no-deallocate'], force: false };
    const outcome = await stopMachines(request, this.context);
    await printOutcome(this, outcome, { key: 'stopped', line: (name) => `Machine "${name}" was stopped.` });
  }
}
