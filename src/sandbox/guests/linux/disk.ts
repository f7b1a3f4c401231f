import { chmod, chown, mkdir, mkdtemp, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { requireProgram, runProgram } from './run-program.ts';
import type { TreeEntry } from './tree/tree-entry.ts';

/** Room for a guest's own files, images and containers. The file is sparse: it takes what is used. */
const size = '30G';

/**
 * Makes a guest's disk: an ext4 image with the directories `upper` and `work` of an overlay over this computer's root, and
 * `docker`, which the engine needs outside of an overlay. No mount is needed for that: mke2fs copies the files in, and
 * debugfs marks what overlayfs shall hide (kernel documentation, filesystems/overlayfs.rst: "whiteouts and opaque
 * directories").
 */
export async function createDisk(image: string, entries: readonly TreeEntry[]): Promise<void> {
  await mkdir(dirname(image), { recursive: true, mode: 0o700 });
  const seed = await mkdtemp(join(dirname(image), 'seed-'));
  const temporary = `${image}.new`;
  try {
    await fill(seed, entries);
    await runProgram({ program: 'rm', args: ['-f', temporary] });
    await requireProgram({
      program: 'mkfs.ext4',
      args: ['-q', '-F', '-d', seed, '-m', '0', '-E', 'root_owner=0:0,lazy_itable_init=1', temporary, size],
    });
    await chmod(temporary, 0o600);
    await hide(temporary, entries);
    await rename(temporary, image);
  } finally {
    await rm(seed, { recursive: true, force: true });
    await rm(temporary, { force: true });
  }
}

async function fill(seed: string, entries: readonly TreeEntry[]): Promise<void> {
  for (const folder of ['upper', 'work', 'docker']) await mkdir(join(seed, folder));
  await chmod(join(seed, 'upper'), 0o755);
  const upper = join(seed, 'upper');
  // Directories come first, from the top down, so that files find them with the right modes.
  const directories = entries.flatMap((entry) => (entry.kind === 'directory' ? [entry] : []));
  for (const entry of directories.sort((one, other) => one.path.length - other.path.length)) {
    await makeParents(upper, entry.path);
    await mkdir(join(upper, entry.path), { recursive: true });
    await setModes(join(upper, entry.path), entry.mode ?? 0o755, entry.owner);
  }
  for (const entry of entries) {
    if (entry.kind === 'directory') continue;
    await makeParents(upper, entry.path);
    if (entry.kind === 'link') await symlink(entry.target, join(upper, entry.path));
    if (entry.kind !== 'file') continue;
    await writeFile(join(upper, entry.path), entry.content, { mode: 0o600 });
    await setModes(join(upper, entry.path), entry.mode ?? 0o644, entry.owner);
  }
}

/** Makes missing directories as this computer has them: the upper layer's attributes cover those below. */
async function makeParents(upper: string, path: string): Promise<void> {
  const folder = posix.dirname(path);
  if (folder === '.') return;
  const exists = await stat(join(upper, folder)).catch(() => undefined);
  if (exists !== undefined) return;
  await makeParents(upper, folder);
  await mkdir(join(upper, folder));
  const host = await stat(`/${folder}`).catch(() => undefined);
  await setModes(join(upper, folder), (host?.mode ?? 0o755) & 0o7777, host);
}

async function setModes(
  path: string,
  mode: number,
  owner: { readonly uid: number; readonly gid: number } = { uid: 0, gid: 0 },
): Promise<void> {
  await chown(path, owner.uid, owner.gid);
  await chmod(path, mode);
}

async function hide(image: string, entries: readonly TreeEntry[]): Promise<void> {
  const commands = entries.flatMap((entry) => {
    const path = posix.join('/upper', entry.path);
    if (entry.kind === 'directory' && entry.opaque === true) return [`ea_set ${quote(path)} trusted.overlay.opaque y`];
    // debugfs makes device nodes in its current directory only.
    if (entry.kind === 'absent')
      return [`cd ${quote(posix.dirname(path))}`, `mknod ${quote(posix.basename(path))} c 0 0`];
    return [];
  });
  const outcome = await runProgram({
    program: 'debugfs',
    args: ['-w', '-f', '-', image],
    stdin: `${commands.join('\n')}\n`,
  });
  // Its exit code is 0 whatever happened; the first line of its errors is its version.
  const complaints = outcome.stderr
    .toString()
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('debugfs '));
  if (outcome.exitCode !== 0 || complaints.length > 0)
    throw new Error(`debugfs could not finish the disk ${image}: ${complaints.join('; ')}`);
}

/** As debugfs reads its commands: quotes inside of quotes are doubled. */
function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
