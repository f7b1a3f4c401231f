import type { JsonObject } from './record.ts';

/** How Docker got onto the host. */
export type ProvisionerName = 'docker-extension' | 'custom-script' | 'cloud-init' | 'ssh';

/** Where a machine stands in its life. Anything but `ready` means that the last command on it did not finish. */
export type MachinePhase = 'creating' | 'ready' | 'failed' | 'removing';

/** One Azure resource that azdock asked for. Written before the request that creates it is sent. */
export interface JournalEntry {
  /** Full ARM id, `/subscriptions/…`. */
  readonly id: string;
  /** Others may use it too: it is removed only when nobody does. */
  readonly shared: boolean;
}

/** `azdock.json`, beside the record: what azdock needs and docker-machine would drop. Never holds a secret. */
export interface Sidecar {
  /** Format of this file. */
  version: 1;
  /** Value of the tag `azdock-id`: a UUID, made at creation. */
  id: string;
  /** Value of the tag `azdock-store` on what belongs to the machine. Undefined: it has no such tag. */
  store?: string;
  /** Another store made the machine: removal leaves it alone unless told otherwise, and its certificates are of two CAs. */
  attached?: boolean;
  phase: MachinePhase;
  /** ISO 8601. */
  createdAt: string;
  journal: JournalEntry[];
  /** The resource group did not exist before: azdock may remove it once it is empty. */
  ownsResourceGroup?: boolean;
  /** `rm` refuses the machine. */
  protected?: boolean;
  provisioner?: ProvisionerName;
  /** Names and addresses in the server certificate beside the machine's address, `--tls-san` and `localhost`. */
  alternativeAddresses?: string[];
  /** Pinned SSH host key, as `ssh-keyscan` prints its last two fields: `ssh-ed25519 AAAA…`. */
  hostKey?: string;
  /** Docker's configuration directories, absolute, in which the machine was given a context. */
  dockerContexts?: string[];
  /** Step id to milliseconds, of the last creation. */
  timings?: Record<string, number>;
  /** What the driver wants to find again, in its own words. No secrets. */
  driver?: JsonObject;
  /** What the provisioner wants to find again (docker options, compose document). No secrets. */
  provision?: JsonObject;
}
