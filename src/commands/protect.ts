import { AzdockCommand } from '../cli/base-command.ts';
import { machineNames } from '../cli/flags.ts';
import { printOutcome } from '../cli/print-outcome.ts';
import { pickNames } from '../machine/pick-names.ts';

export default class Protect extends AzdockCommand {
  static override summary = 'Protect machines against rm, with -f as well';
  static override description = 'Written into this store; nothing is changed in Azure. Lifted by unprotect.';
  static override examples = ['azdock protect dev'];
  static override enableJsonFlag = true;
  static override args = { names: machineNames() };

  async run(): Promise<void> {
    const { args } = await this.parse(Protect);
    const names = pickNames(this.context.storePath, args.names);
    const { setProtection } = await import('../machine/protect.ts');
    const outcome = await setProtection(names, true, this.context);
    await printOutcome(this, outcome, { key: 'protected', line: (name) => `${name} is protected: rm refuses it.` });
  }
}
