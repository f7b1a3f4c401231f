import { AzdockCommand } from '../cli/base-command.ts';
import { isDockerMachine } from '../cli/docker-machine/mode.ts';
import { removalLines, removedLines } from '../cli/docker-machine/result-lines.ts';
import { machineNames, yes } from '../cli/flags.ts';
import { printable } from '../cli/printable.ts';
import { RefusedError } from '../errors/refused-error.ts';
import { joinErrors } from '../errors/several-errors.ts';
import { UsageError } from '../errors/usage-error.ts';
import type { HostFate } from '../machine/adopt/let-go.ts';

export default class Rm extends AzdockCommand {
  static override summary = 'Remove machines, with everything in Azure that belongs to them';
  static override description =
    'Removes what the record names, then asks Azure whether anything is left. It can be run again until it succeeds. ' +
    'With --force the local files go in any case, and the exit code is 0; only a protected machine stays. ' +
    'The virtual machine of an adopted one is left alone: it loses the extension and the tags, and its engine and containers run on. An attached one, which another store made, is only forgotten here.';
  static override examples = ['azdock rm dev', 'azdock rm -y ci-1 ci-2', 'azdock rm -f broken'];
  static override enableJsonFlag = true;
  static override args = { names: machineNames('Machines to remove') };
  static override flags = {
    force: yes({ char: 'f', summary: 'Drop the local files even if Azure fails; implies -y' }),
    yes: yes({ char: 'y', summary: 'Do not ask' }),
    'with-vm': yes({
      summary:
        'Of adopted and attached machines: the virtual machine too, with its OS disk, its interfaces and their addresses',
      exclusive: ['purge'],
    }),
    purge: yes({
      summary:
        "Of adopted and attached machines: also take off the host what this store has put there: its SSH key, its CA and, of adopted ones, the engine's settings",
    }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Rm);
    const { names } = args;
    const { force } = flags;
    const { json, talk, progress, program } = this.context;
    const asDockerMachine = isDockerMachine(program);
    if (names.length === 0) throw new UsageError('Expected to get one or more machine names as arguments');
    if (asDockerMachine && !json && names.length > 0) talk.write(`${printable(removalLines(names))}\n`);
    const fate = { withVm: flags['with-vm'], purge: flags.purge };
    if (!flags.yes && !force && !(await this.#isSure(names, fate))) return;
    const { removeAll } = await import('../machine/remove-all.ts');
    const { removed, failures } = await removeAll({ names, force, fate }, this.context);
    // With --json there is one document: the error's, when there is one.
    if (json && (force || failures.length === 0)) await this.printJson({ removed });
    else if (!json && removed.length > 0)
      await this.print(asDockerMachine ? removedLines(removed) : removed.map((name) => `Removed ${name}.`).join('\n'));
    if (failures.length === 0) return;
    if (!force) throw joinErrors(failures);
    for (const failure of failures.filter((one) => !(one instanceof RefusedError))) {
      const message = failure instanceof Error ? failure.message : String(failure);
      // docker-machine's warnings are on stdout, but these are errors that change nothing.
      if (asDockerMachine) process.stderr.write(`${printable(this.context.asTyped(message))}\n`);
      else progress.warn(message);
    }
    const refused = failures.filter((failure) => failure instanceof RefusedError);
    if (refused.length > 0) throw joinErrors(refused);
  }

  async #isSure(names: readonly string[], fate: HostFate): Promise<boolean> {
    const { confirm } = await import('../cli/prompt.ts');
    if (!isDockerMachine(this.context.program)) {
      const { describeRemoval } = await import('../machine/remove.ts');
      const described = await Promise.all(names.map((name) => describeRemoval(name, this.context, fate)));
      process.stderr.write(printable(`About to remove ${described.join('\nand ')}.\n`));
    }
    return confirm({
      text: 'Are you sure? (y/n):',
      input: process.stdin,
      output: this.context.talk,
      signal: this.context.signal,
    });
  }
}
