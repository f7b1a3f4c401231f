import type { RegistryLogin } from '../../provision/provisioning.ts';
import type { Secret } from '../../secret/secret.ts';
import type { EngineOptions } from '../../store/record.ts';

/** What `--unset` can take back: flags of `set` whose values are kept. */
export type UnsettableFlag =
  | 'docker-option'
  | 'engine-opt'
  | 'engine-label'
  | 'engine-registry-mirror'
  | 'engine-insecure-registry'
  | 'engine-storage-driver'
  | 'engine-env'
  | 'tls-san'
  | 'compose'
  | 'compose-env'
  | 'registry-login';

/** A flag whose values go; without a key all of them. */
export interface Unset {
  readonly flag: UnsettableFlag;
  /** Name of an option, label or variable; the whole value where values have no name. */
  readonly key: string | undefined;
}

/** What `extension set` was asked to change, files read. What is not here stays as it is. */
export interface ChangeRequest {
  readonly name: string;
  /** Only what was given. */
  readonly engine: Partial<EngineOptions>;
  readonly tlsSans: readonly string[];
  readonly unset: readonly Unset[];
  readonly compose: {
    /** Undefined keeps the one that there is. */
    readonly document: Readonly<Record<string, unknown>> | undefined;
    readonly environment: Readonly<Record<string, string>>;
    readonly secretEnvironment: Secret<Readonly<Record<string, string>>>;
  };
  readonly login: RegistryLogin | undefined;
  /** Of the settings file; has to be the one that the machine has. */
  readonly port: number | undefined;
  readonly newCertificate: boolean;
  /** The engine may stop its containers while it restarts. */
  readonly restartContainers: boolean;
}
