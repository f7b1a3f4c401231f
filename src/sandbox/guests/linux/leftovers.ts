import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeCgroups } from './cgroups.ts';
import { removeLeftFirewall } from './firewall.ts';
import type { SandboxNames } from './names.ts';
import { startTimeOf } from './processes.ts';

/**
 * Takes the directory's guests for this process, and clears away what an earlier process left that was killed. Mounts,
 * cables and processes of guests end with the process that made them; firewall rules and control groups do not.
 *
 * @throws Error when another process has them
 */
export async function takeOver(names: SandboxNames): Promise<void> {
  const file = ownerFile(names);
  const owner = await readFile(file, 'utf8').catch(() => undefined);
  const [pid, startTime] = owner?.trim().split(' ') ?? [];
  if (pid !== undefined && startTime !== undefined && (await startTimeOf(Number(pid))) === startTime)
    throw new Error(`the guests in ${names.guestsDirectory} belong to process ${pid}, which is still running`);
  await writeFile(file, `${process.pid} ${await startTimeOf(process.pid)}\n`, { mode: 0o600 });
  await removeCgroups(names.cgroupPrefix);
  await removeLeftFirewall(names);
}

/** Lets another process have the directory's guests. */
export async function handOver(names: SandboxNames): Promise<void> {
  await rm(ownerFile(names), { force: true });
}

function ownerFile(names: SandboxNames): string {
  return join(names.guestsDirectory, 'owner');
}
