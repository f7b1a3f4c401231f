import { createHash } from 'node:crypto';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { StoreError } from '../../errors/store-error.ts';
import { locksDir, machinePaths } from '../../store/layout.ts';
import type { MachineContext } from '../machine-context.ts';
import { isOwnDirectory, requireOwnDirectory } from './own-directory.ts';

/** Where everything that belongs to a machine's tunnel is; absolute paths. */
export interface TunnelPlace {
  readonly machine: string;
  /** Where docker connects, unless the process that keeps the tunnel says otherwise. */
  readonly socket: string;
  /** Written by the process that keeps the tunnel. */
  readonly state: string;
  readonly log: string;
  /** Held while a tunnel is begun or ended. */
  readonly lock: string;
}

/** Longest path of a socket in bytes, without the zero at its end: `sun_path` of unix(7), and of the BSDs and macOS. */
const LONGEST = process.platform === 'linux' ? 107 : 103;

/**
 * The socket lies beside the record. Where that path is too long for one, it lies in a directory of the user's for things that run.
 * @throws MachineNotFoundError; StoreError when that directory is not the user's alone
 */
export function tunnelPlace(machine: string, context: Pick<MachineContext, 'storePath' | 'environment'>): TunnelPlace {
  const { storePath, environment } = context;
  const { dir } = machinePaths(storePath, machine);
  return {
    machine,
    socket: socketPath(dir, environment),
    state: join(dir, 'tunnel.json'),
    log: join(dir, 'tunnel.log'),
    lock: join(locksDir(storePath), `tunnel-${basename(dir)}.lock`),
  };
}

function socketPath(dir: string, environment: MachineContext['environment']): string {
  const beside = join(dir, 'docker.sock');
  if (isShort(beside)) return beside;
  const name = `${createHash('sha256').update(dir).digest('hex').slice(0, 16)}.sock`;
  const short = shortDirectories(environment)
    .map((directory) => join(directory, name))
    .find(isShort);
  if (short === undefined) throw new StoreError(`${beside} is too long for a socket.`, { resource: beside });
  requireOwnDirectory(dirname(short));
  return short;
}

/** XDG Base Directory Specification, `XDG_RUNTIME_DIR`; else below the directory for temporary files. */
function shortDirectories({ XDG_RUNTIME_DIR: runtime = '', TMPDIR: temporary = '' }: MachineContext['environment']) {
  const own = `azdock-${process.getuid?.() ?? 0}`;
  return [
    ...(isAbsolute(runtime) && isOwnDirectory(runtime) ? [join(runtime, 'azdock')] : []),
    ...(isAbsolute(temporary) ? [join(temporary, own)] : []),
    join('/tmp', own),
  ];
}

function isShort(path: string): boolean {
  return Buffer.byteLength(path) <= LONGEST;
}
