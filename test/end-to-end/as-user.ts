import { chmodSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Result, World } from './azdock.ts';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));

/** What `asUser` cannot do without, for `needs`. */
export const otherUsers = [
  { what: 'root on Linux', met: process.platform === 'linux' && process.getuid?.() === 0 },
  'setpriv',
  'unshare',
  'mount',
] as const;

/**
 * Runs azdock as a user without rights. That user may not be able to come to where this checkout and its Node are, as below a private
 * home: both are mounted into the world, in a mount name space of this one run.
 *
 * @param user number of the user and of the group; they need not exist
 * @param options.umask as the shell's `umask`. @defaultValue 022
 * @param options.without variables that are not there. @defaultValue none
 */
export function asUser(
  world: World,
  user: number,
  args: readonly string[],
  options: { readonly umask?: string; readonly without?: readonly string[] } = {},
): Promise<Result> {
  const checkout = join(world.directory, 'checkout');
  const node = join(world.directory, 'node');
  chmodSync(world.directory, 0o755);
  mkdirSync(checkout, { recursive: true });
  writeFileSync(node, '');
  const script =
    'mount --bind "$1" "$2" && mount --bind "$3" "$4" && umask "$5" && user="$6" && shift 6 && ' +
    'exec setpriv --reuid "$user" --regid "$user" --clear-groups env "$@"';
  const places = [CHECKOUT, checkout, realpathSync(process.execPath), node];
  const without = (options.without ?? []).flatMap((name) => ['-u', name]);
  const command = [...without, node, join(checkout, 'bin', 'run.js'), ...args];
  const words = [...places, options.umask ?? '022', `${user}`, ...command];
  return world.program('unshare', ['--mount', 'sh', '-c', script, 'sh', ...words]);
}
