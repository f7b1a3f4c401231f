import type { Secret } from '../secret/secret.ts';

/** What the engine is told, whatever the provisioner. Options are written without their leading dashes. */
export interface EngineConfig {
  /** TCP port of the Docker API. Undefined: none, the engine listens on its local socket only and is reached through SSH. */
  readonly port: number | undefined;
  /** Undefined leaves the choice to the engine. */
  readonly storageDriver: string | undefined;
  /** `key=value`, the user's own. */
  readonly labels: readonly string[];
  readonly insecureRegistries: readonly string[];
  readonly registryMirrors: readonly string[];
  /** `flag` or `flag=value`, from `--engine-opt` and `--docker-option`. */
  readonly options: readonly string[];
  /** `KEY=value`, environment of the daemon itself. */
  readonly environment: readonly string[];
  /** Where the installation script comes from when no `docker` is there. @defaultValue https://get.docker.com */
  readonly installUrl: string;
  /** Becomes the label `provider=…`, after the user's, as docker-machine does. */
  readonly driverName: string;
  /** Serial number of the server certificate, hex. Becomes a label, so that new certificates change the arguments. */
  readonly certificateSerial: string;
}

/** PEM texts for the host. */
export interface HostCertificates {
  readonly ca: string;
  readonly cert: string;
  readonly key: Secret;
}

export interface ComposeProject {
  /** A compose file as JSON. */
  readonly document: Record<string, unknown>;
  /** Environment of `docker compose`, public. */
  readonly environment: Readonly<Record<string, string>>;
  /** Environment of `docker compose`, protected. */
  readonly secretEnvironment: Secret<Readonly<Record<string, string>>>;
}

export interface RegistryLogin {
  /** Undefined means Docker Hub. */
  readonly server: string | undefined;
  readonly username: string;
  readonly password: Secret;
}

/** Everything that one run of a provisioner brings to a host. */
export interface Provisioning {
  readonly engine: EngineConfig;
  readonly certificates: HostCertificates;
  readonly compose: ComposeProject | undefined;
  readonly login: RegistryLogin | undefined;
  /** Joins group `docker`, as the extension does with the VM's admin user. */
  readonly adminUser: string;
}
