import { chmod, lstat, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { MachineExistsError } from '../errors/machine-exists-error.ts';
import { StoreError } from '../errors/store-error.ts';
import { syncDirectory } from './atomic-write.ts';
import { errorCode, fileFailure } from './file-failure.ts';
import { isDirectoryName, machinePaths, machinesDir } from './layout.ts';
import { makePrivateDirectory } from './private-directory.ts';
import { removeTree } from './remove-tree.ts';
import { temporaryBase, temporaryName } from './temporary-name.ts';

/** True when anything at all is at the machine's place: docker-machine counts it as the machine. @throws StoreError */
export async function isTaken(root: string, name: string): Promise<boolean> {
  if (!isDirectoryName(name)) return false;
  const { dir } = machinePaths(root, name);
  try {
    await lstat(dir);
    return true;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return false;
    throw fileFailure(error, 'read', dir);
  }
}

/**
 * Makes a machine's directory, which appears with everything that `fill` puts into it, or not at all. Of several
 * processes that make the same one, exactly one succeeds.
 *
 * @throws MachineExistsError, StoreError
 */
export async function createMachineDirectory(
  root: string,
  name: string,
  fill: (dir: string) => Promise<void>,
): Promise<void> {
  if (await isTaken(root, name)) throw new MachineExistsError(name, whatNow(name));
  const machines = machinesDir(root);
  const { dir } = machinePaths(root, name);
  const temporary = join(machines, temporaryName(name));
  try {
    await makePrivateDirectory(machines);
    await mkdir(temporary);
    await chmod(temporary, 0o700);
    await fill(temporary);
    await rename(temporary, dir);
    await syncDirectory(machines);
  } catch (error) {
    await removeTree(temporary).catch(() => {});
    if (['ENOTEMPTY', 'EEXIST', 'ENOTDIR'].includes(errorCode(error) ?? '') && (await isTaken(root, name)))
      throw new MachineExistsError(name, whatNow(name));
    // What could not be written lay in a directory that is gone.
    throw fileFailure(error instanceof StoreError ? error.cause : error, 'create', dir);
  }
}

/**
 * Removes a machine's directory with all that is in it, and what a killed process left of it. It disappears at once for
 * readers. Links are not followed. No error when there is none.
 *
 * @throws StoreError
 */
export async function removeMachineDirectory(root: string, name: string): Promise<void> {
  const machines = machinesDir(root);
  const { dir } = machinePaths(root, name);
  try {
    await rename(dir, join(machines, temporaryName(name)));
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileFailure(error, 'remove', dir);
  }
  try {
    const found = await readdir(machines);
    const leftovers = found.filter((entry) => entry.startsWith(`.${temporaryBase(name)}~`));
    await Promise.all(leftovers.map((entry) => removeTree(join(machines, entry))));
    await syncDirectory(machines);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw fileFailure(error, 'remove', dir);
  }
}

function whatNow(name: string) {
  return [
    { label: 'Look at it', command: `azdock inspect ${name}` },
    { label: 'Remove it', command: `azdock rm ${name}` },
  ];
}
