import { CopyError } from '../errors/copy-error.ts';
import type { Place } from '../ssh/copy/copy-file.ts';
import { copyTree } from '../ssh/copy/copy-tree.ts';
import type { FileSide } from '../ssh/copy/file-side.ts';
import { localSide } from '../ssh/copy/local-side.ts';
import { sftpSide } from '../ssh/copy/sftp-side.ts';
import type { MachineContext } from './machine-context.ts';
import { openNative } from './open-native.ts';
import type { KnownCopy, KnownPlace } from './scp.ts';
import type { SshHost } from './ssh-host.ts';

/** Copies with the built-in client. @throws CopyError naming what was left out; SshError, HostKeyChangedError */
export async function copyBySftp(copy: KnownCopy, context: MachineContext): Promise<void> {
  const { source, target, cwd, recursive } = copy;
  const { progress, signal } = context;
  const local = localSide(cwd);
  const run = async (onFile: (path: string) => void): Promise<void> => {
    const skipped = await withSides(copy, local, context, ({ from, to }) =>
      copyTree({ from, to, recursive, onFile, signal }),
    );
    const [first] = skipped;
    if (first === undefined) return;
    if (first.path === source.path)
      throw new CopyError(`${shown(source)} cannot be copied to ${shown(target)}: ${first.why}.`);
    throw new CopyError(`Not everything was copied from ${shown(source)} to ${shown(target)}.`, {
      details: skipped.map(({ path, why }) => `${path}: ${why}`),
    });
  };
  if (copy.quiet || !copy.watched) return run(() => {});
  await progress.step(`Copy ${shown(source)} to ${shown(target)}`, (step) => run((path) => step.detail(path)));
}

/** Opens what is not this computer, one connection for each machine and user. */
async function withSides<T>(
  { source, target }: KnownCopy,
  local: FileSide,
  context: MachineContext,
  use: (places: { readonly from: Place; readonly to: Place }) => Promise<T>,
): Promise<T> {
  return withSide(source.host, local, context, (from) => {
    const places = (to: FileSide) => ({ from: { side: from, path: source.path }, to: { side: to, path: target.path } });
    if (isSame(source.host, target.host)) return use(places(from));
    return withSide(target.host, local, context, (to) => use(places(to)));
  });
}

async function withSide<T>(
  host: SshHost | undefined,
  local: FileSide,
  context: MachineContext,
  use: (side: FileSide) => Promise<T>,
): Promise<T> {
  if (host === undefined) return use(local);
  const session = await openNative(host, context);
  try {
    return await session.withSftp((sftp) => use(sftpSide(sftp)));
  } finally {
    session.close();
  }
}

function isSame(one: SshHost | undefined, other: SshHost | undefined): boolean {
  return one !== undefined && one.machine === other?.machine && one.user === other.user;
}

function shown({ host, path }: KnownPlace): string {
  return host === undefined ? path : `${host.machine}:${path}`;
}
