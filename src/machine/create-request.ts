import type { ComposeProject, RegistryLogin } from '../provision/provisioning.ts';
import type { Secret } from '../secret/secret.ts';
import type { EngineOptions, SwarmOptions } from '../store/record.ts';
import type { Origin, OriginInput } from './origin.ts';

export type { AzureOptions } from '../drivers/azure/options.ts';
export type { GenericOptionValues } from '../drivers/generic/options.ts';
export type { ProvisionerChoice } from './choose-provisioner.ts';

/** What the command line says, files not yet read. */
export interface CreateInput extends OriginInput {
  readonly name: string;
  readonly engine: Partial<EngineOptions>;
  readonly tlsSans: readonly string[];
  readonly extension: {
    readonly composeFile: string | undefined;
    readonly composeEnvironment: Readonly<Record<string, string>>;
    readonly composeSecretEnvironment: Secret<Readonly<Record<string, string>>>;
    /** `USER` or `USER@SERVER`, with its password. */
    readonly registryLogin: { readonly account: string; readonly password: Secret } | undefined;
    readonly settingsFile: string | undefined;
    readonly protectedSettingsFile: string | undefined;
  };
  readonly swarm: Partial<SwarmOptions>;
}

/** What `create` was asked for, flags and files already read. */
export interface CreateRequest {
  readonly name: string;
  readonly origin: Origin;
  readonly engine: Partial<EngineOptions>;
  /** `--tls-san` */
  readonly tlsSans: readonly string[];
  readonly compose: ComposeProject | undefined;
  readonly login: RegistryLogin | undefined;
  /** The user's own custom data. */
  readonly customData: Buffer | undefined;
  /** Kept in the record, as docker-machine does; nothing is done with it. */
  readonly swarm: Partial<SwarmOptions>;
}

/** What `create` made. */
export interface CreatedMachine {
  readonly name: string;
  readonly url: string;
  readonly address: string;
  /** Null when nobody asked the engine: driver `none` writes a URL down, and no more. */
  readonly engineVersion: string | null;
  /** Null when nothing was put onto the machine. */
  readonly provisioner: string | null;
  readonly elapsedMs: number;
}
