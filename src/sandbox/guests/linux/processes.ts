import { readFile } from 'node:fs/promises';

/** Ids of the processes that a process has started and that still run. */
export async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text.split(' ').filter(Boolean).map(Number);
}

/**
 * The guest's process 1, as this computer numbers it, among the descendants of its holder.
 * Undefined while the guest is off or between two boots.
 */
export async function findLeader(holder: number): Promise<number | undefined> {
  for (const shell of await childrenOf(holder))
    for (const nspawn of await childrenOf(shell))
      for (const candidate of await childrenOf(nspawn)) if (await isFirstOfNamespace(candidate)) return candidate;
  return undefined;
}

/** `NSpid` lists a process's number in each namespace, outermost first (proc(5)): this computer, holder, guest. */
async function isFirstOfNamespace(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const numbers = /^NSpid:\s+(.*)$/m.exec(status)?.[1]?.split(/\s+/) ?? [];
  return numbers.length >= 3 && numbers.at(-1) === '1';
}

/**
 * A process's start time in clock ticks since boot (field 22 of `/proc/PID/stat`), which together with its number names
 * it for good. Undefined when there is no such process.
 */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name in parentheses may contain anything, so fields are counted from its end.
  return text
    ?.slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .at(19);
}
