import { existsSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { findProgram } from '../ssh/find-program.ts';
import { sshfsArguments } from '../ssh/sshfs-arguments.ts';
import { machinePaths } from '../store/layout.ts';
import { checkAnswer } from './check-answer.ts';
import { type CopyPlace, parseCopyPlace } from './copy-place.ts';
import type { MachineContext } from './machine-context.ts';
import type { OutsidePrograms } from './outside-programs.ts';
import { pickName } from './pick-names.ts';
import { sshHost } from './ssh-host.ts';

export interface MountRequest {
  /** `[[USER@]MACHINE:]PATH`; without a machine, the one called `default`. */
  readonly source: string;
  /** Undefined for the same path here. */
  readonly mountPoint: string | undefined;
  /** Where relative paths begin. */
  readonly cwd: string;
  readonly programs: OutsidePrograms;
}

/**
 * Mounts a directory of a machine on this computer, by sshfs, which goes on after azdock has ended.
 *
 * @returns exit code of sshfs
 * @throws UnsupportedError when sshfs is missing; UsageError when the mount point is; SshError, HostKeyChangedError
 */
export async function mount(request: MountRequest, context: MachineContext): Promise<number> {
  const { source, mountPoint, cwd, programs } = request;
  const { environment, storePath } = context;
  const place = parseSource(source, context);
  const machine = place.kind === 'machine' ? place.machine : pickName(storePath, undefined);
  const user = place.kind === 'machine' ? place.user : undefined;
  const file = findProgram('sshfs', environment);
  if (file === undefined) throw missing('sshfs', 'use the mount feature');
  const folder = mountPoint ?? place.path;
  const nextSteps = [{ label: 'Another one', command: `azdock mount ${source} DIRECTORY` }];
  if (!existsSync(folder)) {
    throw new UsageError(`There is no directory ${folder} to mount on.`, { resource: folder, nextSteps });
  }
  if (holds(resolve(cwd, folder), storePath)) {
    throw new UsageError(`A mount on ${folder} would hide the keys of the machines, which are in ${storePath}.`, {
      resource: folder,
      nextSteps,
    });
  }
  const host = await sshHost(machine, context, user);
  const code = await programs.run({ file, args: sshfsArguments(host, place.path, folder), environment });
  if (code !== 0) await checkAnswer(host, context);
  return code;
}

/** Takes a mount back. @returns exit code of the program that does it. @throws UnsupportedError when it is missing */
export async function unmount(
  { source, mountPoint, programs }: MountRequest,
  context: MachineContext,
): Promise<number> {
  const { environment } = context;
  const folder = mountPoint ?? parseSource(source, context).path;
  const fuse = findProgram('fusermount', environment) ?? findProgram('fusermount3', environment);
  const umount = process.platform === 'linux' ? undefined : findProgram('umount', environment);
  const file = fuse ?? umount;
  if (file === undefined) throw missing('fusermount', 'use the unmount option');
  return programs.run({ file, args: fuse === undefined ? [folder] : ['-u', folder], environment });
}

function parseSource(source: string, { storePath }: MachineContext): CopyPlace {
  const isMachine = (name: string) => existsSync(machinePaths(storePath, name).dir);
  return parseCopyPlace(source, { isMachine, windows: process.platform === 'win32' });
}

function holds(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function missing(program: string, to: string): UnsupportedError {
  return new UnsupportedError(`You must have a copy of the ${program} binary locally to ${to}.`, { resource: program });
}
