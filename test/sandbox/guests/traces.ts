import { execFileSync } from 'node:child_process';
import { globSync, readFileSync, realpathSync } from 'node:fs';
import { sandboxNames } from '../../../src/sandbox/guests/linux/names.ts';

/** Every trace of a sandbox's guests on this computer: one line each, empty when there is none. */
export function tracesOf(directory: string): string[] {
  const real = realpathSync(directory);
  const { tag } = sandboxNames(real);
  const output = (program: string, ...args: string[]) =>
    execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n');
  const everything = [
    ...readFileSync('/proc/mounts', 'utf8').split('\n'),
    ...output('ip', '-o', 'link'),
    ...output('ip', 'route'),
    ...output('ip', 'netns'),
    ...output('iptables-save'),
    ...output('ip6tables-save'),
    ...output('ip', '-6', 'route'),
    ...output('ip', '-o', 'address'),
    ...globSync('/sys/block/loop*/loop/backing_file').map((file) => readFileSync(file, 'utf8')),
    ...globSync('/sys/fs/cgroup/azdock-*'),
    ...globSync('/sys/fs/cgroup/*/azdock-*'),
    ...globSync('/proc/[0-9]*/cmdline').map(commandLine),
  ];
  return everything.map((line) => line.trim()).filter((line) => line.includes(tag) || line.includes(real));
}

function commandLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').replaceAll('\0', ' ');
  } catch {
    // The process ended in the meantime.
    return '';
  }
}
