import { AzdockCommand } from '../cli/base-command.ts';
import { machineNames, yes } from '../cli/flags.ts';
import { printOutcome } from '../cli/print-outcome.ts';
import { pickNames } from '../machine/pick-names.ts';

const QUESTION =
  'Regenerate TLS machine certs?  Warning: this is irreversible. The engine restarts; containers go on only where it has live-restore. (y/n):';

export default class RegenerateCerts extends AzdockCommand {
  static override summary = 'Give machines new certificates';
  static override description =
    'Each machine gets a new server certificate through its provisioner, and the old one is out of use when this ends. With ' +
    '--client-certs the CA and the client certificate are made anew first: the old set is refused by the machines named here, ' +
    'and the others keep theirs until they are named.';
  static override examples = [
    'azdock regenerate-certs dev',
    'azdock regenerate-certs -f --client-certs $(azdock ls -q)',
  ];
  static override enableJsonFlag = true;
  static override args = { names: machineNames() };
  static override flags = {
    force: yes({ char: 'f', summary: 'Do not ask' }),
    'client-certs': yes({ summary: 'Also make a new CA and a new client certificate' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(RegenerateCerts);
    const names = pickNames(this.context.storePath, args.names);
    if (!flags.force && !(await this.#isSure())) return;
    const { regenerateCertificates } = await import('../machine/regenerate.ts');
    const outcome = await regenerateCertificates({ names, clientCerts: flags['client-certs'] }, this.context);
    await printOutcome(this, outcome, { key: 'regenerated', line: (name) => `${name} has new certificates.` });
  }

  async #isSure(): Promise<boolean> {
    const { confirm } = await import('../cli/prompt.ts');
    return confirm({ text: QUESTION, input: process.stdin, output: this.context.talk, signal: this.context.signal });
  }
}
