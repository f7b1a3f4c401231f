import type { Ancestors } from './ancestor.ts';
import { linuxAncestors } from './linux-ancestors.ts';
import { listByPs, listByWindows, listedAncestors } from './process-listing.ts';

/** The processes above ours on this computer; `pid` is the parent's. Nothing is asked before the result is read. */
export function systemAncestors(platform: NodeJS.Platform, pid: number): Ancestors {
  switch (platform) {
    case 'linux':
      return () => linuxAncestors(pid, '/proc');
    case 'win32':
      return () => listedAncestors(pid, listByWindows(runProgram));
    default:
      return () => listedAncestors(pid, listByPs(runProgram));
  }
}

function runProgram(program: string, args: readonly string[]): string | undefined {
  // Taken only when it is needed: Linux never does, and `env` is measured in milliseconds.
  const { spawnSync } = process.getBuiltinModule('node:child_process');
  const result = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 5000,
    windowsHide: true,
  });
  return result.status === 0 ? result.stdout : undefined;
}
