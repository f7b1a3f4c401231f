import { AzdockCommand } from '../cli/base-command.ts';
import { machineNames, yes } from '../cli/flags.ts';
import { joinErrors } from '../errors/several-errors.ts';
import { UsageError } from '../errors/usage-error.ts';

export default class Rm extends AzdockCommand {
  static override summary = 'Remove machines, with everything in Azure that belongs to them';
  static override description =
    'Removes what the record names, then asks Azure whether anything is left. It can be run again until it succeeds. ' +
    'With --force the local files go in any case, and the exit code is 0.';
  static override examples = ['azdock rm dev', 'azdock rm -y ci-1 ci-2', 'azdock rm -f broken'];
  static override enableJsonFlag = true;
  static override args = { names: machineNames('Machines to remove') };
  static override flags = {
    force: yes({ char: 'f', summary: 'Drop the local files even if Azure fails; implies -y' }),
    yes: yes({ char: 'y', summary: 'Do not ask' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Rm);
    const { names } = args;
    const { force } = flags;
    if (names.length === 0) throw new UsageError('Expected to get one or more machine names as arguments');
    if (!flags.yes && !force && !(await this.#isSure(names))) return;
    const { removeAll } = await import('../machine/remove-all.ts');
    const { removed, failures } = await removeAll({ names, force }, this.context);
    // With --json there is one document: the error's, when there is one.
    if (this.context.json && (force || failures.length === 0)) await this.printJson({ removed });
    else if (!this.context.json && removed.length > 0)
      await this.print(removed.map((name) => `Removed ${name}.`).join('\n'));
    if (failures.length === 0) return;
    if (!force) throw joinErrors(failures);
    for (const failure of failures)
      this.context.progress.warn(failure instanceof Error ? failure.message : String(failure));
  }

  async #isSure(names: readonly string[]): Promise<boolean> {
    const { describeRemoval } = await import('../machine/remove.ts');
    const { confirm } = await import('../cli/prompt.ts');
    const described = await Promise.all(names.map((name) => describeRemoval(name, this.context)));
    process.stderr.write(`About to remove ${described.join('\nand ')}.\n`);
    return confirm({
      text: 'Are you sure? (y/n):',
      input: process.stdin,
      output: process.stderr,
      signal: this.context.signal,
    });
  }
}
