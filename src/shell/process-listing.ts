import type { Ancestor } from './ancestor.ts';

/** One process of a listing. */
export interface ListedProcess extends Ancestor {
  readonly pid: number;
  readonly parentPid: number;
}

/** Runs a program and gives its standard output, or undefined when that failed. */
export type Run = (program: string, args: readonly string[]) => string | undefined;

/** The process `pid` and those above it, out of a listing. */
export function* listedAncestors(pid: number, listing: readonly ListedProcess[]): Generator<Ancestor> {
  const byPid = new Map(listing.map((listed) => [listed.pid, listed]));
  for (let next = byPid.get(pid); next !== undefined; next = byPid.get(next.parentPid)) {
    byPid.delete(next.pid); // A pid that was given out again could close a circle.
    yield next;
  }
}

/** Every process, by one `ps` with POSIX options: for Unixes without `/proc`. */
export function listByPs(run: Run): ListedProcess[] {
  return parseListing(run('ps', ['-A', '-o', 'pid=,ppid=,args=']), /^\s*(\d+)\s+(\d+)\s+((\S+).*)$/);
}

// Windows 11 has no smaller tool left that knows parents: wmic is gone, and tasklist does not show them.
const WINDOWS_QUERY =
  'Get-CimInstance Win32_Process -Property ProcessId,ParentProcessId,Name,CommandLine | ' +
  'ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) $($_.Name) $($_.CommandLine)" }';

/** Every process, by one query to Windows. Costs about as much as starting PowerShell. */
export function listByWindows(run: Run): ListedProcess[] {
  const text = run('powershell.exe', ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', WINDOWS_QUERY]);
  return parseListing(text, /^(\d+) (\d+) ((.+?\.exe|\S+).*)$/i);
}

/** `line` captures pid, parent's pid, the words and the first of them. Words with blanks come out split, which is enough here. */
function parseListing(text: string | undefined, line: RegExp): ListedProcess[] {
  return (text ?? '').split(/\r?\n/).flatMap((row) => {
    const [, pid, parentPid, words, name] = line.exec(row) ?? [];
    if (words === undefined || name === undefined) return [];
    return [{ pid: Number(pid), parentPid: Number(parentPid), name, argv: words.split(/\s+/) }];
  });
}
