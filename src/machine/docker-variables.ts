import type { Connection } from './connection.ts';

/** What Docker clients read to find a machine, as docker-machine sets it (docker/machine:commands/env.go). */
export function dockerVariables(
  { url, certPath, name }: Pick<Connection, 'url' | 'certPath' | 'name'>,
  platform: NodeJS.Platform,
): [name: string, value: string][] {
  return [
    ['DOCKER_TLS_VERIFY', '1'],
    ['DOCKER_HOST', url],
    ['DOCKER_CERT_PATH', certPath],
    ['DOCKER_MACHINE_NAME', name],
    ...(platform === 'win32' ? [['COMPOSE_CONVERT_WINDOWS_PATHS', 'true'] satisfies [string, string]] : []),
  ];
}

/** The names of all of them, in the same order. */
export function dockerVariableNames(platform: NodeJS.Platform): string[] {
  return dockerVariables({ url: '', certPath: '', name: '' }, platform).map(([name]) => name);
}
