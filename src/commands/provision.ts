import { AzdockCommand } from '../cli/base-command.ts';
import { machineNames } from '../cli/flags.ts';
import { printOutcome } from '../cli/print-outcome.ts';
import { pickNames } from '../machine/pick-names.ts';

export default class Provision extends AzdockCommand {
  static override summary = 'Set up the engine of machines again, as they were created';
  static override description =
    'Runs the provisioner again with the settings on record: for hosts that somebody has changed, and to complete a machine ' +
    'whose creation failed after its VM was there. Certificates stay as they are while they serve.';
  static override examples = ['azdock provision dev'];
  static override enableJsonFlag = true;
  static override args = { names: machineNames() };

  async run(): Promise<void> {
    const { args } = await this.parse(Provision);
    const names = pickNames(this.context.storePath, args.names);
    const { provisionMachines } = await import('../machine/provision.ts');
    const outcome = await provisionMachines(names, this.context);
    await printOutcome(this, outcome, {
      key: 'provisioned',
      line: ({ name, url, engineVersion }) => `${name} is running Docker ${engineVersion} at ${url}.`,
    });
  }
}
