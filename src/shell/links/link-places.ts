import { accessSync, constants, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Environment } from '../no-proxy.ts';
import { findOnPath, pathDirectories, realPath } from '../scripts/program.ts';

/** The name under which programs, and docker, look for docker-machine. */
export const LINK_NAME = 'docker-machine';

export interface LinkPlace {
  /** The path that azdock was called by. */
  readonly entry: string;
  readonly environment: Environment;
  readonly platform: NodeJS.Platform;
}

/** What a link should point at: azdock as it lies on PATH, since that path survives updates, else the program itself. */
export function linkTarget(place: LinkPlace): string {
  return azdockOnPath(place) ?? realPath(place.entry) ?? place.entry;
}

/**
 * The directory for the link: that of azdock, else the first on PATH that can be written to, with the user's own before the
 * system's. Undefined when there is none.
 */
export function linkDirectory(place: LinkPlace): string | undefined {
  const home = place.environment['HOME'] ?? '';
  const onPath = pathDirectories(place.environment);
  const own = azdockOnPath(place);
  const usual = [join(home, '.local', 'bin'), join(home, 'bin'), '/usr/local/bin', '/opt/homebrew/bin'];
  const wanted = [
    ...(own === undefined ? [] : [dirname(own)]),
    ...usual.filter((directory) => onPath.includes(directory)),
    ...onPath,
  ];
  return wanted.find(isWritable);
}

/** All paths on PATH where such a link could be. */
export function linkPathsOnPath(environment: Environment): string[] {
  return pathDirectories(environment).map((directory) => join(directory, LINK_NAME));
}

function azdockOnPath({ entry, environment, platform }: LinkPlace): string | undefined {
  return findOnPath('azdock', environment, platform).find((path) => realPath(path) === realPath(entry));
}

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return statSync(directory).isDirectory();
  } catch {
    return false;
  }
}
