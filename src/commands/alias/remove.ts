import { rmSync } from 'node:fs';
import { lookAt } from '../../shell/links/link.ts';
import { linkPathsOnPath } from '../../shell/links/link-places.ts';
import { AliasCommand, aliasFlags } from './alias-command.ts';

export default class AliasRemove extends AliasCommand {
  static override summary = 'Take back what alias install did';
  static override description =
    "Removes links that are ours, from PATH or --bin-dir and from docker's plugins, and no others.";
  static override examples = ['azdock alias remove', 'azdock alias remove --bin-dir ~/bin --no-plugin'];
  static override flags = aliasFlags;

  async run(): Promise<void> {
    const { flags } = await this.parse(AliasRemove);
    const { entry, environment } = this.place;
    const directory = flags['bin-dir'];
    const links = directory === undefined ? linkPathsOnPath(environment) : [this.inDirectory(directory)];
    const removed: string[] = [];
    const left: string[] = [];
    for (const path of [...links, ...(flags.plugin ? [this.pluginPath] : [])]) {
      const { kind } = lookAt(path, entry);
      if (kind === 'ours') {
        rmSync(path);
        removed.push(path);
      } else if (kind === 'foreign') left.push(path);
    }
    if (this.context.json) return this.printJson({ removed, left });
    for (const path of left) this.context.progress.info(`${path} is left: it is not azdock's.`);
    return this.print(removed.length === 0 ? 'There was nothing to remove.' : `Removed ${removed.join(' and ')}.`);
  }
}
