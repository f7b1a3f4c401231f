import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { certificatePaths, machinePaths, machinesDir } from '../../../store/layout.ts';
import { machineNamesSync } from '../../../store/names.ts';
import { leadsAway } from '../../../store/own-place.ts';
import { commandLine } from '../../../ssh/command.ts';
import type { Check } from '../check.ts';
import { failureFinding } from '../failure-finding.ts';
import { command, type Finding, ok, problem, warning } from '../finding.ts';
import type { ComputerSubject } from './computer-subject.ts';

/** Files that nobody else may read: `certs/ca-key.pem`, `id_rsa`, … */
const PRIVATE = /^(ca-key|key|server-key)\.pem$|^id_(rsa|ecdsa|ed25519)$/;

/** Place, owner and modes of the store. Modes mean nothing on Windows. */
export const store: Check<ComputerSubject> = {
  id: 'store',
  title: 'Store',
  async run({ context: { storePath: root } }) {
    const found = await lstat(root).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (found === undefined) return ok(`${root}, which the first machine will make.`);
    const names = machineNamesSync(root);
    const away = await leadingAway(root, names);
    if (away !== undefined) return away;
    const uid = process.getuid?.();
    if (uid !== undefined && found.uid !== uid && !found.isSymbolicLink())
      return problem(
        `${root} belongs to somebody else (user id ${found.uid}).`,
        command(commandLine(['sudo', 'chown', '-R', String(uid), root])),
      );
    if (process.platform !== 'win32') {
      const open = await openPlaces(root, names);
      if (open !== undefined) return open;
    }
    return ok(`${root}, ${names.length === 1 ? '1 machine' : `${names.length} machines`}.`);
  },
};

async function leadingAway(root: string, names: readonly string[]): Promise<Finding | undefined> {
  for (const place of [machinesDir(root), ...names.map((name) => machinePaths(root, name).dir)]) {
    const error = await leadsAway(root, place);
    if (error !== undefined) return failureFinding(error);
  }
  return undefined;
}

/** Keys that others can read are a problem; directories that others can look into, with no such key, are to be noticed. */
async function openPlaces(root: string, names: readonly string[]): Promise<Finding | undefined> {
  const directories = [certificatePaths(root).dir, ...names.map((name) => machinePaths(root, name).dir)];
  const files = await Promise.all(
    directories.map(async (dir) =>
      (await readdir(dir).catch(() => [])).filter((name) => PRIVATE.test(name)).map((name) => join(dir, name)),
    ),
  );
  const keys = await openOnes(files.flat());
  const [key] = keys;
  if (key !== undefined)
    return problem(
      `Others on this computer may read ${key}${andMore(keys.length - 1)}, which holds a private key.`,
      command(commandLine(['chmod', '600', ...keys])),
    );
  const open = await openOnes([root, machinesDir(root), ...directories]);
  const [place] = open;
  if (place === undefined) return undefined;
  return warning(
    `Others on this computer may look into ${place}${andMore(open.length - 1)}.`,
    command(commandLine(['chmod', '700', ...open])),
  );
}

async function openOnes(paths: readonly string[]): Promise<readonly string[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const stats = await lstat(path).catch(() => undefined);
      return stats !== undefined && !stats.isSymbolicLink() && (stats.mode & 0o077) !== 0 ? [path] : [];
    }),
  );
  return found.flat();
}

function andMore(count: number): string {
  return count === 0 ? '' : ` and ${count} more`;
}
