import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who holds a lock: enough to tell whether that very process still lives. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks from boot to the process's start, so that a number given to another process is noticed. Linux only. */
  readonly startTime: string | undefined;
  /** Name of the computer, and on Linux its boot and the process's name space: only there does `pid` mean something. */
  readonly host: string;
}

/** The process that runs this. */
export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, startTime: startTime(process.pid), host: ownHost() };
}

/** What can be known about a process: one on another computer, or in another container, cannot be looked at. */
export function fateOf(holder: ProcessIdentity): 'alive' | 'dead' | 'unknown' {
  if (holder.host !== ownHost()) return 'unknown';
  if (!isProcess(holder.pid)) return 'dead';
  const now = startTime(holder.pid);
  if (now === ZOMBIE) return 'dead';
  return now === undefined || holder.startTime === undefined || now === holder.startTime ? 'alive' : 'dead';
}

/** Stands for the start time of a process that has ended, and whose parent has not noticed yet. */
const ZOMBIE = 'zombie';

/** Whether there is a process of that number on this computer. */
export function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it is there, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Field 22 of `/proc/PID/stat`, counted from behind the command's name, which may hold anything (proc_pid_stat(5)). */
function startTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? ZOMBIE : fields[19];
  } catch {
    return undefined;
  }
}

/**
 * Where process numbers of this process's mean something. Its first word is the computer's name. Copies of one virtual machine share
 * that name, and mostly the number of the name space, but never a boot.
 */
export function ownHost(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${hostname()} ${boot} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    return hostname();
  }
}
