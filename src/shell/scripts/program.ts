import { accessSync, constants, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../no-proxy.ts';

/** azdock, as a script can call it from anywhere. */
export interface Program {
  /** Its words: a name that is on PATH, or a path. */
  readonly words: readonly string[];
  /** The first word is looked up on PATH, past functions and aliases of the same name. */
  readonly isOnPath: boolean;
  /** Names under which users call it, that of this call first. */
  readonly names: readonly [string, ...string[]];
}

export interface ProgramPlace {
  /** The name we were called by; that of docker's plugin has two words. */
  readonly program: string;
  /** The path we were called by. */
  readonly entry: string;
  readonly environment: Environment;
  readonly platform: NodeJS.Platform;
  /** Path of Node. */
  readonly node: string;
}

const NAMES = ['azdock', 'docker-machine'];

/** Finds out how azdock is called from a script that may outlive this directory and this PATH. */
export function findProgram(place: ProgramPlace): Program {
  const { program, entry, platform, node } = place;
  if (program.includes(' ')) return { words: program.split(' '), isOnPath: true, names: ['azdock'] };
  const others = NAMES.filter((name) => name !== program && isOurs(name, place));
  const names = [program, ...others] as const;
  if (isOurs(program, place)) return { words: [program], isOnPath: true, names };
  return { words: platform === 'win32' ? [node, entry] : [entry], isOnPath: false, names };
}

/** Whether the first program of that name on PATH is the one that runs now. */
function isOurs(name: string, { entry, environment, platform }: ProgramPlace): boolean {
  const found = findOnPath(name, environment, platform)[0];
  if (found === undefined) return false;
  // What npm puts on PATH there is a script that calls us, and no link.
  return platform === 'win32' || realPath(found) === realPath(entry);
}

/** Every program of that name on PATH, in order. Directories that npm puts there for the time of a script do not count. */
export function findOnPath(name: string, environment: Environment, platform: NodeJS.Platform): string[] {
  const endings = platform === 'win32' ? ['.exe', '.cmd', '.ps1'] : [''];
  return pathDirectories(environment)
    .flatMap((folder) => endings.map((ending) => join(folder, `${name}${ending}`)))
    .filter(isExecutable);
}

/** Absolute directories on PATH, in order, without those that npm puts there for the time of a script. */
export function pathDirectories(environment: Environment): string[] {
  const folders = (environment['PATH'] ?? environment['Path'] ?? '').split(delimiter);
  const lasting = folders.filter(
    (folder) => /^(\/|[A-Za-z]:[\\/])/.test(folder) && !/node_modules[\\/]\.bin[\\/]?$/.test(folder),
  );
  return [...new Set(lasting)];
}

/** The path without links; undefined when there is nothing. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
