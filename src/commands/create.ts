import { string as stringArgument } from '@oclif/core/args';
import { AzdockCommand } from '../cli/base-command.ts';
import { createFlags, createValues } from '../cli/create-flags.ts';
import { flagsOfOthers, refuseFlagsOfOthers } from '../cli/driver-flags.ts';
import { isDockerMachine } from '../cli/docker-machine/mode.ts';
import { createdLines } from '../cli/docker-machine/result-lines.ts';
import { dockerConfigDirectory } from '../cli/docker-config-directory.ts';
import { duration } from '../cli/duration.ts';
import { yes } from '../cli/flags.ts';
import { UsageError } from '../errors/usage-error.ts';
import { withPassword } from './ssh-password.ts';
import { withReach } from './who-may-reach.ts';

export default class Create extends AzdockCommand {
  static override summary =
    'Make a machine: a VM on Azure, or a host of yours, with a Docker engine that only you can use';
  static override examples = [
    'azdock create dev',
    'azdock create --azure-location northeurope --azure-size Standard_D4s_v5 build',
    'azdock create --compose compose.yaml --azure-open-port 80 web',
    'azdock create --azure-environment sandbox try',
    'azdock create --driver generic --generic-ip-address 192.0.2.7 --generic-ssh-key ~/.ssh/id_ed25519 box',
  ];
  static override enableJsonFlag = true;
  static override args = { name: stringArgument({ ignoreStdin: true, description: 'Name of the new machine' }) };
  static override flags = {
    ...createFlags,
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
    const { environment, cwd, progress, json, program } = this.context;
    if (args.name === undefined) throw new UsageError('No machine name specified: azdock create NAME');
    refuseFlagsOfOthers(flags.driver, this.argv);
    const given = await createValues(flags, { environment, input: process.stdin });
    const values = await withPassword(await withReach(given, args.name, this.context), this.context);
    const { readCreateInput } = await import('../machine/read-create-input.ts');
    const { createMachine } = await import('../machine/create.ts');
    const { request, warnings } = await readCreateInput({ name: args.name, ...values }, cwd);
    for (const warning of warnings) progress.warn(warning);
    const contextOf = flags.context ? await import('../machine/docker-context.ts') : undefined;
    const place = { name: args.name, configDirectory: dockerConfigDirectory(environment, cwd) };
    await contextOf?.requireContextPlace(place, this.context);
    const made = await createMachine(request, this.context);
    await contextOf?.makeDockerContext({ ...place, use: false }, this.context);
    if (json) return this.printJson(made);
    if (isDockerMachine(program)) return this.print(createdLines(made));
    if (made.engineVersion === null) return this.print(`${made.name} stands for the engine at ${made.url}.`);
    return this.print(
      `${made.name} is running Docker ${made.engineVersion} at ${made.url} after ${duration(made.elapsedMs)}.\n` +
        `Point your shell at it:  eval "$(${program} env ${made.name})"`,
    );
  }
}
