import { checkEngine } from './check-engine.ts';
import type { EngineConfig } from './provisioning.ts';
import { quoteExecWord } from './systemd-quote.ts';

/** Where certificates lie on the host: DockerExtension's names, which all provisioners use (Azure/azure-docker-extension:op-enable.go). */
export const HOST_CERTIFICATE_PATHS = {
  ca: '/etc/docker/ca.pem',
  cert: '/etc/docker/cert.pem',
  key: '/etc/docker/key.pem',
} as const;

/** Where an engine listens on its host whoever opens the socket: the unit `docker.socket`, or dockerd's own default. */
export const ENGINE_SOCKET = '/var/run/docker.sock';

/** The local socket, which systemd opens where the package brings the unit `docker.socket`; where not, dockerd opens it by itself. */
export const SOCKET_OF_SYSTEMD = '-H=fd://';
export const SOCKET_OF_DOCKERD = `-H=unix://${ENGINE_SOCKET}`;

/** The engine label that carries the server certificate's serial number. */
export const CERTIFICATE_LABEL = 'azdock.certificate';

/**
 * dockerd's arguments, unquoted, in the order in which DockerExtension puts them together (Azure/azure-docker-extension:op-enable.go,
 * `getArgs`), because every provisioner has to leave the same engine.
 *
 * @throws UsageError when the user's part cannot be given to dockerd
 */
export function dockerdArguments(engine: EngineConfig): string[] {
  return [
    SOCKET_OF_SYSTEMD,
    '--tlsverify',
    `--tlscacert=${HOST_CERTIFICATE_PATHS.ca}`,
    `--tlscert=${HOST_CERTIFICATE_PATHS.cert}`,
    `--tlskey=${HOST_CERTIFICATE_PATHS.key}`,
    ...(engine.port === undefined ? [] : [`-H=0.0.0.0:${engine.port}`]),
    ...dockerOptions(engine),
  ];
}

/**
 * The part of the arguments that DockerExtension takes as `docker.options`, unquoted.
 *
 * The provider's label comes after the user's, as docker-machine has it (docker/machine:libmachine/provision). The certificate's
 * label makes new certificates a change of arguments: DockerExtension restarts the engine for no other reason.
 *
 * @throws UsageError when the user's part cannot be given to dockerd
 */
export function dockerOptions(engine: EngineConfig): string[] {
  checkEngine(engine);
  const labels = [
    ...engine.labels,
    `provider=${engine.driverName}`,
    `${CERTIFICATE_LABEL}=${engine.certificateSerial}`,
  ];
  return [
    ...(engine.storageDriver === undefined ? [] : [`--storage-driver=${engine.storageDriver}`]),
    ...labels.map((label) => `--label=${label}`),
    ...engine.insecureRegistries.map((registry) => `--insecure-registry=${registry}`),
    ...engine.registryMirrors.map((mirror) => `--registry-mirror=${mirror}`),
    ...engine.options.map((option) => `--${option}`),
  ];
}

/**
 * All arguments but {@link SOCKET_OF_SYSTEMD}, as they stand in `ExecStart=`.
 * @throws UsageError as {@link dockerdArguments}
 */
export function execStartArguments(engine: EngineConfig): string {
  const words = dockerdArguments(engine).filter((word) => word !== SOCKET_OF_SYSTEMD);
  return words.map(quoteExecWord).join(' ');
}
