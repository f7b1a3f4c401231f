import { string as stringArgument } from '@oclif/core/args';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AzdockCommand } from '../cli/base-command.ts';
import { changeFlags, changeValues } from '../cli/change-flags.ts';
import { type ExtensionAction, extensionWords, refuseOtherFlags } from '../cli/extension-words.ts';
import { machineName, yes } from '../cli/flags.ts';
import { printable } from '../cli/printable.ts';
import { RefusedError } from '../errors/refused-error.ts';
import { pickName } from '../machine/pick-names.ts';

const REMOVE = 'What remove takes';

export default class Extension extends AzdockCommand {
  static override summary = 'Show what set Docker up on a machine, change its settings, or take it off';
  static override description =
    'show (the default) prints what Azure reports of the extension, or what the host says where cloud-init or SSH did it. ' +
    'set changes what is given on a running machine, through its own provisioner: what is given is added, or takes the place of ' +
    'what has the same name, and all the rest stays. The engine restarts when it has to, and containers keep running ' +
    'meanwhile; for what they cannot survive (another storage driver, another data root, a swarm) it refuses unless ' +
    '--restart-containers is given. remove takes the extension off; engine and containers stay, and the machine is set up over ' +
    'SSH from then on.';
  static override examples = [
    'azdock extension dev show',
    'azdock extension dev set --engine-label stage=test --docker-option log-driver=journald',
    'azdock extension dev set --compose compose.yaml --compose-secret-env TOKEN',
    'azdock extension dev set --unset engine-label=stage --new-certificate',
    'azdock extension dev remove',
  ];
  static override enableJsonFlag = true;
  static override args = {
    name: machineName(),
    action: stringArgument({ ignoreStdin: true, description: 'show, set or remove' }),
  };
  static override flags = {
    ...changeFlags,
    purge: yes({
      summary:
        "Also take azdock's own off the host: the compose project, the engine's port, arguments and certificates, the registry login",
      helpGroup: REMOVE,
    }),
    yes: yes({ char: 'y', summary: 'Do not ask', helpGroup: REMOVE }),
  };

  async run(): Promise<void> {
    const { args } = await this.parse(Extension);
    const { storePath } = this.context;
    const words = extensionWords([args.name, args.action], (name) => existsSync(join(storePath, 'machines', name)));
    refuseOtherFlags(words.action, this.argv, Object.keys(changeFlags));
    await this.#do(words.action, pickName(storePath, words.name));
  }

  async #do(action: ExtensionAction, name: string): Promise<void> {
    switch (action) {
      case 'show':
        return this.#show(name);
      case 'set':
        return this.#set(name);
      case 'remove':
        return this.#remove(name);
    }
  }

  async #show(name: string): Promise<void> {
    const { showExtension } = await import('../machine/extension/show.ts');
    const shown = await showExtension(name, this.context);
    if (this.context.json) return this.printJson(shown);
    const { extensionReport } = await import('../cli/extension-report.ts');
    return this.print(extensionReport(shown));
  }

  async #set(name: string): Promise<void> {
    const { flags } = await this.parse(Extension);
    const { environment, cwd, progress, json } = this.context;
    const { readChange } = await import('../machine/extension/read-change.ts');
    const { setExtension } = await import('../machine/extension/set.ts');
    const input = await changeValues(name, flags, { environment, input: process.stdin });
    const { request, warnings } = await readChange(input, cwd);
    for (const warning of warnings) progress.warn(warning);
    const changed = await setExtension(request, this.context);
    if (json) return this.printJson(changed);
    return this.print(
      `${name} has its new settings (${changed.changed.join(', ')}): Docker ${changed.engineVersion} at ${changed.url}.`,
    );
  }

  async #remove(name: string): Promise<void> {
    const { flags } = await this.parse(Extension);
    const { purge } = flags;
    const { extensionsToRemove, removeExtension } = await import('../machine/extension/remove.ts');
    const there = extensionsToRemove(name, this.context);
    const isWork = there.length > 0 || purge;
    if (isWork && !flags.yes && !(await this.#isSure(name, { there, purge }))) return;
    const request = { name, purge, restartContainers: flags['restart-containers'] };
    const done = await removeExtension(request, this.context);
    if (this.context.json) return this.printJson(done);
    const { removed, purged } = done;
    const { program } = this.context;
    const lines = [
      ...(removed.length > 0 ? [`Removed ${removed.join(' and ')} from ${name}. Engine and containers stay.`] : []),
      ...(removed.length > 0 || purged ? [] : [`${name} has no extension: nothing was removed.`]),
      ...(removed.length > 0 || purged
        ? []
        : [`To take off the host what ${program} has put there:  ${program} extension ${name} remove --purge`]),
      ...(purged
        ? [
            `The engine of ${name} is as its package has it, closed to the network. To have it back:  ${program} provision ${name}`,
          ]
        : []),
    ];
    return this.print(lines.join('\n'));
  }

  async #isSure(
    name: string,
    { there, purge }: { readonly there: readonly string[]; readonly purge: boolean },
  ): Promise<boolean> {
    const { talk, signal, interactive } = this.context;
    if (!interactive) {
      throw new RefusedError(`Not confirmed: to take something off ${name} without being asked, add -y.`, {
        resource: name,
        nextSteps: [{ label: 'Do it', command: `azdock extension ${name} remove${purge ? ' --purge' : ''} -y` }],
      });
    }
    const { confirm } = await import('../cli/prompt.ts');
    const host = "azdock's settings of the engine, its port and its compose project";
    const what = [...there, ...(purge ? [host] : [])].join(' and ');
    talk.write(printable(`About to take ${what} off ${name}.${purge ? '' : ' Engine and containers stay.'}\n`));
    return confirm({ text: 'Are you sure? (y/n):', input: process.stdin, output: talk, signal });
  }
}
