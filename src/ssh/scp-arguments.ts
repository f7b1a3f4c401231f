import { quoteWord } from './command.ts';

/** One side of a copy for a program that reads an `ssh_config`: `host` is a name in it, undefined for this computer. */
export interface ProgramPlace {
  readonly host: string | undefined;
  readonly path: string;
}

export interface ScpRequest {
  readonly configFile: string;
  readonly source: ProgramPlace;
  readonly target: ProgramPlace;
  readonly recursive: boolean;
  readonly quiet: boolean;
  /** What `ssh -V` says, for paths that not every version reads alike; undefined for the versions of today. */
  readonly version: string | undefined;
}

/** A path that is the same to a shell and to SFTP; patterns and `~` mean the same to both, too. */
const PLAIN_PATH = /^[A-Za-z0-9_@%+=:,./~*?-]*$/;

/** True when the version of OpenSSH has to be known for this path on a host. */
export function dependsOnVersion({ host, path }: ProgramPlace): boolean {
  return host !== undefined && !PLAIN_PATH.test(path);
}

/** Arguments for the system's `scp`. Between two hosts the data comes by this computer: neither can log in to the other. */
export function scpArguments(request: ScpRequest): string[] {
  const { configFile, source, target, recursive, quiet, version } = request;
  const protocol = protocolOf(version);
  return [
    '-F',
    configFile,
    '-3',
    ...(recursive ? ['-r'] : []),
    ...(quiet ? ['-q'] : []),
    ...(protocol === 'sftp on request' ? ['-s'] : []),
    scpWord(source, protocol === 'shell'),
    scpWord(target, protocol === 'shell'),
  ];
}

/**
 * How remote paths are read: by the host's shell before OpenSSH 8.7, by SFTP from 9.0 on, and between by either (OpenSSH's
 * release notes).
 */
function protocolOf(version: string | undefined): 'shell' | 'sftp on request' | 'sftp' {
  const [, major, minor] = /OpenSSH_(?:for_Windows_)?(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (major === undefined || Number(major) >= 9) return 'sftp';
  return Number(major) === 8 && Number(minor) >= 7 ? 'sftp on request' : 'shell';
}

function scpWord(place: ProgramPlace, byShell: boolean): string {
  const { host, path } = place;
  if (host === undefined) return localWord(path);
  if (!byShell || !dependsOnVersion(place)) return `${host}:${path}`;
  return `${host}:${path.startsWith('~/') ? `~/${quoteWord(path.slice(2))}` : quoteWord(path)}`;
}

/** A path that neither begins like a flag nor reads like a host. */
export function localWord(path: string): string {
  const isDrive = process.platform === 'win32' && /^[A-Za-z]:[\\/]/.test(path);
  return path.startsWith('-') || (/^[^/]*:/.test(path) && !isDrive) ? `./${path}` : path;
}
