import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AzdockCommand } from '../../cli/base-command.ts';
import { SandboxError } from '../../errors/sandbox-error.ts';

/** What the commands about the sandbox have in common. */
export abstract class SandboxCommand extends AzdockCommand {
  static override group = 'Sandbox' as const;
  static override enableJsonFlag = true;

  /** Where the sandbox keeps its state (docs/sandbox.md, "Where it lives"). */
  protected get directory(): string {
    const { environment, cwd } = this.context;
    const isWindows = process.platform === 'win32';
    const home = environment[isWindows ? 'USERPROFILE' : 'HOME'] || homedir();
    const state = isWindows
      ? environment['LOCALAPPDATA'] || join(home, 'AppData', 'Local')
      : environment['XDG_STATE_HOME'] || join(home, '.local', 'state');
    return resolve(cwd, environment['AZDOCK_SANDBOX_DIR'] || join(state, 'azdock', 'sandbox'));
  }

  /** What the sandbox throws, as an error of ours. */
  protected async doing<T>(work: Promise<T>): Promise<T> {
    return work.catch((error: unknown) => {
      if (isInTheWay(error)) {
        const { message: sentence } = error;
        const { directory } = this;
        throw new SandboxError(`The sandbox cannot be in ${directory}: ${sentence}`, {
          resource: directory,
          cause: error,
        });
      }
      if (!(error instanceof Error) || error.name !== 'SandboxFailure') throw error;
      const [message = '', ...details] = error.message.split('\n');
      throw new SandboxError(message, { details, cause: error });
    });
  }
}

/** What the system says of a directory that is none, or cannot be one (errno(3)). */
const IN_THE_WAY: ReadonlySet<unknown> = new Set(['ENOTDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG']);

function isInTheWay(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && IN_THE_WAY.has(error.code);
}
