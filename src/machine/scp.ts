import { existsSync } from 'node:fs';
import { findProgram } from '../ssh/find-program.ts';
import { machinePaths } from '../store/layout.ts';
import { type CopyPlace, parseCopyPlace } from './copy-place.ts';
import type { MachineContext } from './machine-context.ts';
import type { OutsidePrograms } from './outside-programs.ts';
import { type SshHost, sshHost } from './ssh-host.ts';

export interface ScpRequest {
  /** As the user wrote them. */
  readonly source: string;
  readonly target: string;
  readonly recursive: boolean;
  /** With rsync: only what has changed. */
  readonly delta: boolean;
  readonly quiet: boolean;
  /** Somebody watches: SFTP tells what it is doing. The system's scp finds that out by itself. */
  readonly watched: boolean;
  /** `--native-ssh`: by SFTP, even where the system has an scp. */
  readonly native: boolean;
  /** Where relative paths begin. */
  readonly cwd: string;
  readonly programs: OutsidePrograms;
}

/** A side of a copy whose machine is known. */
export interface KnownPlace {
  /** Undefined for this computer. */
  readonly host: SshHost | undefined;
  readonly path: string;
}

/** A copy whose machines are known. */
export interface KnownCopy extends Omit<ScpRequest, 'source' | 'target'> {
  readonly source: KnownPlace;
  readonly target: KnownPlace;
}

/**
 * Copies between this computer and machines, or between machines by way of this computer. The system's scp does it where there
 * is one, else SFTP.
 *
 * @returns exit code of the program that did it, or 0
 * @throws SshError, HostKeyChangedError, MachineNotFoundError; UnsupportedError when rsync is wanted and missing; CopyError when
 *   not everything was copied
 */
export async function scp(request: ScpRequest, context: MachineContext): Promise<number> {
  const { delta, native } = request;
  const source = await known(request.source, context);
  const target = await known(request.target, context);
  const copy = { ...request, source, target };
  if (delta) {
    const { copyByRsync } = await import('./scp-programs.ts');
    return copyByRsync(copy, context);
  }
  const hasPrograms = ['scp', 'ssh'].every((name) => findProgram(name, context.environment) !== undefined);
  if (!native && hasPrograms) {
    const { copyByScp } = await import('./scp-programs.ts');
    return copyByScp(copy, context);
  }
  const { copyBySftp } = await import('./scp-sftp.ts');
  await copyBySftp(copy, context);
  return 0;
}

async function known(text: string, context: MachineContext): Promise<KnownPlace> {
  const isMachine = (name: string) => existsSync(machinePaths(context.storePath, name).dir);
  const place: CopyPlace = parseCopyPlace(text, { isMachine, windows: process.platform === 'win32' });
  if (place.kind === 'local') return { host: undefined, path: place.path };
  return { host: await sshHost(place.machine, context, place.user), path: place.path };
}
