import { type ProgramOutcome, runProgram } from './run-program.ts';

export interface GuestCommandOptions {
  readonly stdin?: string | Buffer;
  readonly environment?: Readonly<Record<string, string>>;
  /** @defaultValue 120000 */
  readonly timeoutMs?: number;
}

/** Runs commands inside a guest, as its root. */
export interface GuestShell {
  /** Rejects when the guest is off; the command's own failure is its exit code. */
  run(command: readonly string[], options?: GuestCommandOptions): Promise<ProgramOutcome>;
}

export interface GuestFile {
  readonly path: string;
  readonly content: string | Buffer;
  /** Permission bits. */
  readonly mode: number;
  /** `user:group`. @defaultValue 'root:root' */
  readonly owner?: string;
  /** Add to what is there. @defaultValue false */
  readonly append?: boolean;
}

/** A shell in the guest whose process 1 `leader` finds. */
export function guestShell(leader: () => Promise<number>): GuestShell {
  return {
    async run(command, options = {}) {
      const target = String(await leader());
      return runProgram({ program: 'nsenter', args: ['--target', target, '--all', '--', ...command], ...options });
    },
  };
}

/**
 * Writes a file in a guest, with its directories. Content goes through standard input, and the guest itself opens the
 * file: a path on this computer could be led astray by links that the guest has made.
 */
export async function writeGuestFile(shell: GuestShell, file: GuestFile): Promise<void> {
  const script = [
    'set -e; umask 077',
    'folder=$(dirname -- "$1"); [ -d "$folder" ] || (umask 022; mkdir -p -- "$folder")',
    file.append === true ? 'cat >>"$1"' : 'cat >"$1.azdock-new"; mv -f -- "$1.azdock-new" "$1"',
    'chmod -- "$2" "$1"; chown -- "$3" "$1"',
  ].join('\n');
  const mode = file.mode.toString(8);
  await requireInGuest(shell, ['sh', '-c', script, 'write', file.path, mode, file.owner ?? 'root:root'], {
    stdin: file.content,
  });
}

/** A file's content, undefined when there is none. With `lastBytes`, only its end. */
export async function readGuestFile(shell: GuestShell, path: string, lastBytes?: number): Promise<Buffer | undefined> {
  const reader = lastBytes === undefined ? ['cat'] : ['tail', '-c', String(lastBytes)];
  const outcome = await shell.run([...reader, '--', path]);
  return outcome.exitCode === 0 ? outcome.stdout : undefined;
}

/**
 * Runs a command that has to succeed, and gives its output.
 * @throws Error with its last words
 */
export async function requireInGuest(
  shell: GuestShell,
  command: readonly string[],
  options?: GuestCommandOptions,
): Promise<string> {
  const outcome = await shell.run(command, options);
  if (outcome.exitCode === 0) return outcome.stdout.toString();
  throw new Error(`${command.join(' ')} failed in the guest: ${outcome.stderr.toString().trim()}`);
}
