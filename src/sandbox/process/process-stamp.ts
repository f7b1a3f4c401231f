import { readFile } from 'node:fs/promises';

/**
 * A text that differs between two processes that had the same id one after the other, as happens in containers.
 * Empty where the system does not tell (all but Linux). Source: proc(5), field 22 of /proc/PID/stat.
 */
export async function processStamp(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    // The program's name stands in parentheses and may hold spaces: count from behind it.
    const startTime = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${boot.trim()}/${startTime}`;
  } catch {
    return '';
  }
}
