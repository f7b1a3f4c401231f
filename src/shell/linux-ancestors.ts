import { readFileSync } from 'node:fs';
import type { Ancestor } from './ancestor.ts';

/** The process `pid` and those above it, from `/proc` (proc_pid_stat(5), proc_pid_cmdline(5)). Starts no process. */
export function* linuxAncestors(pid: number, proc: string): Generator<Ancestor> {
  for (let next = pid; next > 1; ) {
    let stat: string;
    let commandLine: string;
    try {
      stat = readFileSync(`${proc}/${next}/stat`, 'utf8');
      commandLine = readFileSync(`${proc}/${next}/cmdline`, 'utf8');
    } catch {
      return;
    }
    // `pid (name) state ppid …`, where the name itself may hold blanks and parentheses.
    const end = stat.lastIndexOf(')');
    yield {
      name: stat.slice(stat.indexOf('(') + 1, end),
      argv: commandLine.split('\0').filter((word, index, words) => word !== '' || index < words.length - 1),
    };
    next = Number(stat.slice(end + 2).split(' ')[1]);
  }
}
