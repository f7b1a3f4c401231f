import type { Secret } from '../secret/secret.ts';
import type { Journal } from './creation.ts';

/** What an extension resource says about itself, as Azure reports it. */
export interface ExtensionReport {
  readonly name: string;
  readonly publisher: string;
  readonly type: string;
  readonly provisioningState: string;
  /** Status message of the handler, with the end of its output. */
  readonly message: string;
  /** Public settings. Protected ones never come back. */
  readonly settings: unknown;
}

/** One status out of an instance view, in Azure's words. */
export interface ExtensionStatus {
  /** `ProvisioningState/succeeded`. */
  readonly code: string;
  readonly level: string;
  readonly displayStatus: string;
  readonly message: string;
  /** ISO 8601; undefined when Azure does not tell. */
  readonly time: string | undefined;
}

/** All that Azure knows of an extension. */
export interface ExtensionInspection extends ExtensionReport {
  /** As asked for: `major.minor`. */
  readonly version: string;
  /** The handler in the VM as its agent reports it; undefined when there was no report, as from a VM that is off. */
  readonly handler: { readonly version: string; readonly status: string; readonly message: string } | undefined;
  readonly statuses: readonly ExtensionStatus[];
  readonly substatuses: readonly ExtensionStatus[];
  /** Newest published version, whole; undefined when the region does not publish the type (any more). */
  readonly newestVersion: string | undefined;
}

export interface ExtensionRequest {
  /** Name of the extension resource. */
  readonly name: string;
  readonly publisher: string;
  readonly type: string;
  /** `major.minor`. */
  readonly version: string;
  /** Another one than last time makes the agent run the handler again, though its settings are the same. */
  readonly forceUpdateTag?: string;
  readonly settings: object;
  readonly protectedSettings: Secret<object>;
}

export interface Extensions {
  /** Newest published version as `major.minor`, undefined when the machine's region does not publish the type. */
  publishedVersion(publisher: string, type: string, signal?: AbortSignal): Promise<string | undefined>;
  /** Creates or updates, and waits for the handler's verdict. @throws ProvisionError with the handler's message and output */
  put(request: ExtensionRequest, journal: Journal, signal: AbortSignal): Promise<void>;
  get(name: string, signal?: AbortSignal): Promise<ExtensionReport | undefined>;
  /** As `get`, with everything else that Azure knows of it. */
  inspect(name: string, signal?: AbortSignal): Promise<ExtensionInspection | undefined>;
  remove(name: string, journal: Journal, signal: AbortSignal): Promise<void>;
}
