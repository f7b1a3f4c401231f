import type { Secret } from '../secret/secret.ts';

/** Where a machine's engine listens. */
export interface EngineEndpoint {
  /** The machine's name, for errors and their next steps. */
  readonly machine: string;
  /** An IP address or a DNS name; the engine's certificate must be for it. */
  readonly host: string;
  readonly port: number;
}

/** What a client shows, and whom it trusts: PEM texts. */
export interface EngineCredentials {
  readonly ca: string;
  readonly cert: string;
  readonly key: Secret;
}
