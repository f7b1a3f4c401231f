import type { Connection } from './connection.ts';

/** What makes Docker clients use TLS, which fails on a socket of this computer. */
const FOR_TLS = ['DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH'];

/** What Docker clients read to find a machine. */
export interface DockerVariables {
  readonly set: [name: string, value: string][];
  /** What another machine may have left and would stand against them. */
  readonly clear: readonly string[];
}

/** As docker-machine sets them (docker/machine:commands/env.go), but for what goes without saying through a tunnel. */
export function dockerVariables(
  { url, files, name }: Pick<Connection, 'url' | 'files' | 'name'>,
  platform: NodeJS.Platform,
): DockerVariables {
  const values: Readonly<Record<string, string | undefined>> = {
    DOCKER_TLS_VERIFY: files === undefined ? undefined : '1',
    DOCKER_HOST: url,
    DOCKER_CERT_PATH: files?.dir,
    DOCKER_MACHINE_NAME: name,
    COMPOSE_CONVERT_WINDOWS_PATHS: 'true',
  };
  return {
    set: dockerVariableNames(platform).flatMap((variable): [string, string][] => {
      const value = values[variable];
      return value === undefined ? [] : [[variable, value]];
    }),
    clear: files === undefined ? FOR_TLS : [],
  };
}

/** The names of all of them, in their order. */
export function dockerVariableNames(platform: NodeJS.Platform): string[] {
  const names = ['DOCKER_TLS_VERIFY', 'DOCKER_HOST', 'DOCKER_CERT_PATH', 'DOCKER_MACHINE_NAME'];
  return platform === 'win32' ? [...names, 'COMPOSE_CONVERT_WINDOWS_PATHS'] : names;
}
