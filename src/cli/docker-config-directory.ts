import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The docker command's configuration directory, absolute: DOCKER_CONFIG, else `.docker` in the home directory. */
export function dockerConfigDirectory(environment: Readonly<Record<string, string | undefined>>, cwd: string): string {
  const home = (process.platform === 'win32' ? environment['USERPROFILE'] : environment['HOME']) || homedir();
  return resolve(cwd, environment['DOCKER_CONFIG'] || join(home, '.docker'));
}
