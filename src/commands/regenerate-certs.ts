import { AzdockCommand } from '../cli/base-command.ts';
import { isDockerMachine } from '../cli/docker-machine/mode.ts';
import { machineNames, yes } from '../cli/flags.ts';
import { printOutcome } from '../cli/print-outcome.ts';
import { hasDefault, pickNames } from '../machine/pick-names.ts';

const QUESTION =
  'Regenerate TLS machine certs?  Warning: this is irreversible. The engine restarts; containers go on only where it has live-restore. (y/n):';

const REPAIRED = {
  nothing: 'needs nothing',
  client: 'has a new client certificate',
  server: 'has new certificates',
} as const;

export default class RegenerateCerts extends AzdockCommand {
  static override summary = 'Give machines new certificates';
  static override description =
    'Each machine gets a new server certificate through its provisioner, and the old one is out of use when this ends. With ' +
    '--client-certs the CA and the client certificate are made anew first: the old set is refused by the machines named here, ' +
    'and the others keep theirs until they are named. With --repair only what does not hold any more is made anew, under the same CA ' +
    'where that is good: an engine that needs no new certificate is not restarted.';
  static override examples = [
    'azdock regenerate-certs dev',
    'azdock regenerate-certs -f --client-certs $(azdock ls -q)',
    'azdock regenerate-certs --repair',
  ];
  static override enableJsonFlag = true;
  static override args = { names: machineNames() };
  static override flags = {
    force: yes({ char: 'f', summary: 'Do not ask' }),
    'client-certs': yes({ summary: 'Also make a new CA and a new client certificate' }),
    repair: yes({
      summary:
        'Make anew only what has expired, does not fit, or is for another address; without names, of all machines',
      exclusive: ['client-certs'],
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(RegenerateCerts);
    if (flags.repair) return this.#repair(args.names, flags.force);
    const names = this.#namesFor(args.names, flags['client-certs']);
    if (!flags.force && !(await this.#isSure())) return;
    const { regenerateAuthority, regenerateCertificates } = await import('../machine/regenerate.ts');
    if (names.length === 0) {
      await regenerateAuthority(this.context);
      this.context.progress.info('The CA and the client certificate are new. Machines get theirs once they are named.');
    }
    const outcome = await regenerateCertificates({ names, clientCerts: flags['client-certs'] }, this.context);
    await printOutcome(this, outcome, { key: 'regenerated', line: (name) => `${name} has new certificates.` });
  }

  /** A CA that cannot be used keeps machines from being made: it has to be replaceable where there are none. */
  #namesFor(given: readonly string[], clientCerts: boolean): readonly string[] {
    const { storePath, program } = this.context;
    const isForStore = clientCerts && given.length === 0 && !isDockerMachine(program) && !hasDefault(storePath);
    return isForStore ? [] : pickNames(storePath, given);
  }

  async #repair(names: readonly string[], force: boolean): Promise<void> {
    if (!force && !(await this.#isSure())) return;
    const { repairCertificates } = await import('../machine/repair-certificates.ts');
    const outcome = await repairCertificates(names, this.context);
    await printOutcome(this, outcome, { key: 'repaired', line: ({ name, made }) => `${name} ${REPAIRED[made]}.` });
  }

  async #isSure(): Promise<boolean> {
    const { confirm } = await import('../cli/prompt.ts');
    return confirm({ text: QUESTION, input: process.stdin, output: this.context.talk, signal: this.context.signal });
  }
}
