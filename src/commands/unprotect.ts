import { AzdockCommand } from '../cli/base-command.ts';
import { machineNames } from '../cli/flags.ts';
import { printOutcome } from '../cli/print-outcome.ts';
import { pickNames } from '../machine/pick-names.ts';

export default class Unprotect extends AzdockCommand {
  static override summary = 'Let machines be removed again';
  static override description = 'Takes back what protect did.';
  static override examples = ['azdock unprotect dev'];
  static override enableJsonFlag = true;
  static override args = { names: machineNames() };

  async run(): Promise<void> {
    const { args } = await this.parse(Unprotect);
    const names = pickNames(this.context.storePath, args.names);
    const { setProtection } = await import('../machine/protect.ts');
    const outcome = await setProtection(names, false, this.context);
    await printOutcome(this, outcome, { key: 'unprotected', line: (name) => `${name} can be removed.` });
  }
}
