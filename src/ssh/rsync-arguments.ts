import { dependsOnVersion, localWord, type ProgramPlace } from './scp-arguments.ts';

export interface RsyncRequest {
  /** Absolute path of `ssh`. */
  readonly ssh: string;
  readonly configFile: string;
  readonly source: ProgramPlace;
  readonly target: ProgramPlace;
  readonly recursive: boolean;
  readonly quiet: boolean;
}

/** Arguments for `rsync`, which sends only what has changed. */
export function rsyncArguments(request: RsyncRequest): string[] {
  const { ssh, configFile, source, target, recursive, quiet } = request;
  // Older ones give remote paths to a shell otherwise. Not every rsync knows the flag, so it is there only when it is needed.
  const shielded = [source, target].some(dependsOnVersion);
  return [
    ...(quiet ? [] : ['--progress']),
    '-e',
    [ssh, '-F', configFile].map(rshWord).join(' '),
    ...(recursive ? ['-r'] : []),
    ...(shielded ? ['--protect-args'] : []),
    ...[source, target].map(({ host, path }) => (host === undefined ? localWord(path) : `${host}:${path}`)),
  ];
}

/** rsync reads blanks and quotes in `-e`, and two quotes for one inside (rsync(1), "--rsh"). */
function rshWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "''")}'`;
}
