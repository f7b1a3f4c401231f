import { AzdockCommand } from '../cli/base-command.ts';
import { dockerConfigDirectory } from '../cli/docker-config-directory.ts';
import { machineName, yes } from '../cli/flags.ts';
import { UsageError } from '../errors/usage-error.ts';
import { pickName } from '../machine/pick-names.ts';

export default class Context extends AzdockCommand {
  static override summary = 'Give a machine a docker context, so that docker --context NAME reaches it';
  static override group = 'Shell' as const;
  static override description =
    'The context is named as the machine, follows its address and certificates, and goes when the machine is removed. It is ' +
    'written where the docker command keeps its own: DOCKER_CONFIG, else ~/.docker.';
  static override examples = ['azdock context dev', 'azdock context --use dev', 'azdock context --remove dev'];
  static override enableJsonFlag = true;
  static override args = { name: machineName() };
  static override flags = {
    use: yes({ summary: 'Also make it the one that docker uses without being told' }),
    remove: yes({ summary: 'Remove the context; the machine stays' }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Context);
    const { storePath, environment, cwd, progress, json } = this.context;
    if (flags.use && flags.remove) throw new UsageError('--use and --remove do not go together.');
    const { makeDockerContext, removeDockerContext } = await import('../machine/docker-context.ts');
    const configDirectory = dockerConfigDirectory(environment, cwd);
    const name = flags.remove && args.name !== undefined ? args.name : pickName(storePath, args.name);
    if (flags.remove) {
      const removed = await removeDockerContext({ name, configDirectory }, this.context);
      if (json) return this.printJson({ name, removed });
      return this.print(removed ? `Removed docker context ${name}.` : `There is no docker context ${name}.`);
    }
    const url = await makeDockerContext({ name, configDirectory, use: flags.use }, this.context);
    if (flags.use && (environment['DOCKER_HOST'] ?? '') !== '')
      progress.warn('DOCKER_HOST is set, which docker puts before any context.');
    if (json) return this.printJson({ name, url, used: flags.use });
    return this.print(`Docker context ${name} points at ${url}.`);
  }
}
