import { dirname } from 'node:path';
import { RefusedError } from '../../errors/refused-error.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { lookAt, putLink } from '../../shell/links/link.ts';
import { LINK_NAME, linkDirectory, linkTarget } from '../../shell/links/link-places.ts';
import { findOnPath, pathDirectories } from '../../shell/scripts/program.ts';
import { AliasCommand, aliasFlags } from './alias-command.ts';

export default class AliasInstall extends AliasCommand {
  static override summary = 'Let azdock answer to docker-machine, and to docker machine';
  static override description =
    'Puts a link called docker-machine on PATH and one among the plugins of the docker command (DOCKER_CONFIG, else ~/.docker). ' +
    'Called so, azdock behaves as docker-machine does. Nothing that is not ours is overwritten.';
  static override examples = ['azdock alias install', 'azdock alias install --bin-dir ~/bin --no-plugin'];
  static override flags = aliasFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(AliasInstall);
    const { place } = this;
    const target = linkTarget(place);
    if (/[\\/]_npx[\\/]/.test(target)) {
      throw new UsageError('This azdock goes when npx is done: install it first.', {
        nextSteps: [{ label: 'Install', command: 'npm install --global azdock' }],
      });
    }
    const directory = flags['bin-dir'] ?? linkDirectory(place);
    if (directory === undefined) {
      throw new UsageError('No directory on PATH can be written to: name one with --bin-dir.', {
        nextSteps: [{ label: 'For example', command: 'azdock alias install --bin-dir ~/.local/bin' }],
      });
    }
    const link = this.inDirectory(directory);
    const paths = [link, ...(flags.plugin ? [this.pluginPath] : [])];
    for (const path of paths) this.#requireFree(path);
    for (const path of paths) putLink(path, target);
    this.#warnAbout(link);
    if (this.context.json) return this.printJson({ target, links: paths });
    return this.print(
      `docker-machine is azdock now, by ${link}.${flags.plugin ? `\ndocker machine is azdock now, by ${this.pluginPath}.` : ''}`,
    );
  }

  /** Before anything is done: one in the way keeps all from being made. */
  #requireFree(path: string): void {
    const found = lookAt(path, this.context.entry);
    if (found.kind !== 'foreign') return;
    throw new RefusedError(`There is ${found.what} at ${path} already, which is not azdock's. Nothing was changed.`, {
      resource: path,
      nextSteps: [
        path === this.pluginPath
          ? { label: 'Without the plugin', command: 'azdock alias install --no-plugin' }
          : { label: 'Elsewhere', command: 'azdock alias install --bin-dir DIR' },
      ],
    });
  }

  #warnAbout(link: string): void {
    const { environment, progress } = this.context;
    const [first] = findOnPath(LINK_NAME, environment, process.platform);
    if (!pathDirectories(environment).includes(dirname(link))) progress.warn(`${dirname(link)} is not on PATH.`);
    else if (first !== undefined && first !== link) progress.warn(`${first} comes first on PATH.`);
  }
}
