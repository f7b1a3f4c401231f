import { AzdockCommand } from '../cli/base-command.ts';
import { createFlags, createValues } from '../cli/create-flags.ts';
import { createNames, MOST_MACHINES, valuesOfOne } from '../cli/create-names.ts';
import { createdLine } from '../cli/created-machines.ts';
import { flagsOfOthers, refuseFlagsOfOthers } from '../cli/driver-flags.ts';
import { isDockerMachine } from '../cli/docker-machine/mode.ts';
import { createdLines } from '../cli/docker-machine/result-lines.ts';
import { dockerConfigDirectory } from '../cli/docker-config-directory.ts';
import { globalFlags } from '../cli/global-flags.ts';
import { machineNames, wholeNumber, yes } from '../cli/flags.ts';
import { rollbackChoice, rollbackFlag } from '../cli/rollback.ts';
import type { CreatedMachine } from '../machine/create-request.ts';
import { namesInShort } from '../steps/names-in-short.ts';
import { withPassword } from './ssh-password.ts';
import { withReach } from './who-may-reach.ts';

export default class Create extends AzdockCommand {
  static override summary =
    'Make a machine: a VM on Azure, or a host of yours, with a Docker engine that only you can use';
  static override description =
    'A creation that failed, was interrupted or was killed goes on with --resume: by what it was asked for then, and by the flags that are ' +
    'typed now. What is whole is kept, what is half-made is made anew, and secrets have to be given again. Where there is nothing of that ' +
    'name, it begins. With --rollback a machine that fails is removed as by rm, also one that was gone on with; a failed check removes nothing.';
  static override examples = [
    'azdock create dev',
    'azdock create --azure-location northeurope --azure-size Standard_D4s_v5 build',
    'azdock create --compose compose.yaml --azure-open-port 80 web',
    'azdock create --count 5 --fallback Standard_D2as_v5 --fallback zone:2 worker',
    'azdock create --dry-run --azure-availability-zone 1 dev',
    'azdock create --resume --azure-size Standard_B2as_v2 dev',
    'azdock create --azure-environment sandbox try',
    'azdock create --driver generic --generic-ip-address 192.0.2.7 --generic-ssh-key ~/.ssh/id_ed25519 box',
  ];
  static override enableJsonFlag = true;
  static override args = { names: machineNames('Name of the new machine, or names of several') };
  static override flags = {
    ...createFlags,
    count: wholeNumber({
      char: 'n',
      helpValue: 'NUMBER',
      summary: `Make NAME1, NAME2 and so on, at the same time; at most ${MOST_MACHINES} [default: one, called NAME]`,
    }),
    resume: yes({
      summary: 'Go on with a creation that failed or was broken off, with what is there; flags typed now count instead',
    }),
    rollback: rollbackFlag,
    'dry-run': yes({ summary: 'Check everything, show what would be made, and make nothing' }),
    context: yes({
      summary: 'Also make a docker context of that name, which follows the machine: docker --context NAME',
    }),
  };
  /** With `--driver NAME` help is about that driver, as in docker-machine; without, about all. */
  static override readonly flagsToHide: (typeof AzdockCommand)['flagsToHide'] = (words, environment) => {
    const at = words.indexOf('--driver');
    return flagsOfOthers((at === -1 ? environment['MACHINE_DRIVER'] : words[at + 1]) ?? '');
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Create);
    const { environment, cwd, progress, program } = this.context;
    const names = createNames(args.names, flags.count, isDockerMachine(program));
    const rollback = rollbackChoice(flags.rollback, this.context, names);
    const contexts = flags.context ? await import('../machine/docker-context.ts') : undefined;
    const place = (name: string) => ({ name, configDirectory: dockerConfigDirectory(environment, cwd) });
    for (const name of names.each) await contexts?.requireContextPlace(place(name), this.context);
    const afterEach = async (name: string) => {
      await contexts?.makeDockerContext({ ...place(name), use: false }, this.context);
    };
    if (flags.resume) {
      const { resume } = await import('./create-resume.ts');
      const made = await resume(this, { names, flags, rollback });
      if (made !== undefined) {
        await afterEach(made.name);
        return this.#tell(made);
      }
    }
    refuseFlagsOfOthers(flags.driver, this.context.commandLine);
    const given = await createValues(flags, { environment, input: process.stdin });
    const all = namesInShort(names.each);
    const values = await withPassword(await withReach(given, all, this.context), this.context);
    const { readCreateInput } = await import('../machine/read-create-input.ts');
    const inputs = names.each.map((name, at) => ({
      name,
      ...(names.isSeveral ? valuesOfOne(values, at + 1) : values),
    }));
    const read = await Promise.all(inputs.map((input) => readCreateInput(input, cwd)));
    for (const warning of read[0]?.warnings ?? []) progress.warn(warning);
    const requests = read.map(({ request }) => request);
    if (flags['dry-run']) {
      const { showPreview } = await import('./create-preview.ts');
      return showPreview(this, { names, requests, hasContext: flags.context });
    }
    if (names.isSeveral) {
      const { createSeveral } = await import('./create-several.ts');
      return createSeveral(this, { names, requests, rollback, afterEach });
    }
    const { createMachine } = await import('../machine/create.ts');
    for (const request of requests) {
      const made = await createMachine(request, this.context, { rollback });
      await afterEach(made.name);
      await this.#tell(made);
    }
  }

  protected override async catch(error: Error): Promise<never> {
    const { withTypedFlags } = await import('./typed-again.ts');
    const { argv: words, environment } = this;
    throw withTypedFlags(error, { words, shapes: { ...globalFlags, ...Create.flags }, environment });
  }

  async #tell(made: CreatedMachine): Promise<void> {
    const { json, program } = this.context;
    if (json) return this.printJson(made);
    if (isDockerMachine(program)) return this.print(createdLines(made));
    const pointer = `Point your shell at it:  eval "$(${program} env ${made.name})"`;
    return this.print([createdLine(made), ...(made.engineVersion === null ? [] : [pointer])].join('\n'));
  }
}
