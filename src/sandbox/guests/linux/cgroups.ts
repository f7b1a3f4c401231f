import { readdir, readFile, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where control groups are mounted: several hierarchies in version 1, one in version 2, both in hybrid set-ups. */
async function hierarchies(): Promise<string[]> {
  const mounts = await readFile('/proc/self/mounts', 'utf8');
  return mounts.split('\n').flatMap((line) => {
    const [, where, type] = line.split(' ');
    return where !== undefined && (type === 'cgroup' || type === 'cgroup2') ? [where] : [];
  });
}

/** Ends whatever still runs in the control groups whose name begins so, and removes them. */
export async function removeCgroups(prefix: string): Promise<void> {
  const folders = new Set<string>();
  for (const hierarchy of await hierarchies())
    for (const name of await readdir(hierarchy).catch(() => []))
      if (name.startsWith(prefix)) folders.add(join(hierarchy, name));
  for (let tries = 0; folders.size > 0; tries += 1) {
    for (const folder of folders) if (await removeTree(folder)) folders.delete(folder);
    if (folders.size === 0) return;
    if (tries === 100) throw new Error(`control groups cannot be removed: ${[...folders].join(', ')}`);
    await sleep(50);
  }
}

async function removeTree(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await removeTree(join(folder, entry.name));
  for (const pid of await processesIn(folder)) kill(pid);
  return rmdir(folder).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
  );
}

async function processesIn(folder: string): Promise<number[]> {
  const text = await readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => (Number(line) > 1 ? [Number(line)] : []));
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}
