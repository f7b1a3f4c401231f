import type { Secret } from '../secret/secret.ts';

/** A VM extension to attach, in the shape that `Extensions.put` of a driver takes. */
export interface ExtensionRequest {
  /** Name of the extension resource. */
  readonly name: string;
  readonly publisher: string;
  readonly type: string;
  /** `major.minor`. */
  readonly version: string;
  /** Another one than last time makes the agent run the handler again, though its settings are the same. */
  readonly forceUpdateTag?: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly protectedSettings: Secret<Readonly<Record<string, unknown>>>;
}
