import { boolean } from '@oclif/core/flags';
import { join, resolve } from 'node:path';
import { AzdockCommand } from '../../cli/base-command.ts';
import { dockerConfigDirectory } from '../../cli/docker-config-directory.ts';
import { text } from '../../cli/flags.ts';
import { UnsupportedError } from '../../errors/unsupported-error.ts';
import { LINK_NAME, type LinkPlace } from '../../shell/links/link-places.ts';

export const aliasFlags = {
  'bin-dir': text({
    helpValue: 'DIR',
    summary: 'Where the link docker-machine lies [default: beside azdock, or a writable directory on PATH]',
  }),
  plugin: boolean({
    allowNo: true,
    default: true,
    summary: 'Also the docker plugin, for docker machine …; --no-plugin leaves it alone',
  }),
};

/** What `alias install` and `alias remove` share. */
export abstract class AliasCommand extends AzdockCommand {
  static override group = 'Other' as const;
  static override enableJsonFlag = true;
  static override flags = aliasFlags;

  /** The program that links point at. @throws UnsupportedError on Windows */
  protected get place(): LinkPlace {
    const { entry, environment } = this.context;
    const { platform } = process;
    if (platform === 'win32') {
      throw new UnsupportedError(
        'Windows starts no link under its own name, and docker takes only .exe files for plugins there.',
      );
    }
    return { entry, environment, platform };
  }

  /** Docker's place for a user's plugins. */
  protected get pluginPath(): string {
    const { environment, cwd } = this.context;
    return join(dockerConfigDirectory(environment, cwd), 'cli-plugins', LINK_NAME);
  }

  protected inDirectory(directory: string): string {
    return join(resolve(this.context.cwd, directory), LINK_NAME);
  }
}
