import type { Progress } from '../steps/progress.ts';
import type { Step } from '../steps/run-steps.ts';

/** docker-machine's words for states, plus `NotFound` for a machine whose resources are gone. `None` is shown as nothing. */
export type MachineState =
  | 'Running'
  | 'Paused'
  | 'Saved'
  | 'Stopped'
  | 'Stopping'
  | 'Starting'
  | 'Error'
  | 'Timeout'
  | 'NotFound'
  | 'None';

/** Writes down what is about to be asked for. Resolves when it is safely on disk. */
export interface Journal {
  /** Before the request that creates `id` is sent. */
  intend(id: string, options: { readonly shared: boolean }): Promise<void>;
  /** After `id` is known to be gone. */
  forget(id: string): Promise<void>;
  /** The resource group was not there: azdock makes it and may remove it. */
  ownResourceGroup(): Promise<void>;
  readonly entries: readonly { readonly id: string; readonly shared: boolean }[];
  readonly ownsResourceGroup: boolean;
}

/** What a driver's creation steps read and fill in. Steps run as soon as those they name in `after` are done. */
export interface Creation {
  readonly name: string;
  /** Value of the tag `azdock-id`. */
  readonly id: string;
  readonly journal: Journal;
  readonly progress: Progress;
  /** One `authorized_keys` line. Set by machine's step `keys`, which ends before `vm` starts. */
  sshPublicKey: string | undefined;
  /** What the VM carries at boot, not yet base64. Set by machine before `vm` starts, when the provisioner is cloud-init or the user gave custom data. */
  customData: Buffer | undefined;
  /** IP or, with a DNS label, FQDN: what goes into DOCKER_HOST. Set by the driver's step `network`. */
  address: string | undefined;
  /** Every other name or IP under which the machine answers; all go into the certificate. Set by step `network`. */
  alternativeAddresses: string[];
  /**
   * Called by the driver when, before the VM is there, it has taken another size or place than before, or made the address anew: what
   * is on record, the certificate and the boot data follow. Set by machine.
   */
  readonly onChange?: () => Promise<void>;
}

/**
 * Where a machine comes from. One instance serves one machine.
 *
 * `creationSteps` always has ids `network` (sets the address) and `vm` (the host runs when it is done); further ids are the
 * driver's own. The machine folder adds its steps between them.
 */
export interface Driver {
  readonly name: string;
  /** One line for the user before creation: "Standard_B2s_v2, Ubuntu 24.04, westeurope, subscription Contoso Dev". */
  describe(): Promise<string>;
  /**
   * Checks everything that can be checked before the first write.
   * @param warn told what stops nothing, but the user should read
   * @throws PreCreateCheckError, LoginError, UsageError
   */
  check(warn?: (message: string) => void): Promise<void>;
  /**
   * Present when a creation can be written as a template. As `check`, but for what may be otherwise when the template is deployed.
   * @throws PreCreateCheckError, LoginError, UsageError
   */
  checkTemplate?(warn: (message: string) => void): Promise<void>;
  /** @param left `hasHost`: an earlier run has made the host, which is kept. */
  /** Present when a creation has something to tell before it is done. Asks, and changes nothing. */
  preview?(): Promise<DriverPreview>;
  creationSteps(left?: { readonly hasHost: boolean }): readonly Step<Creation>[];
  /** The state now, and why where the driver knows ("deallocated"). */
  state(signal?: AbortSignal): Promise<{ readonly state: MachineState; readonly detail?: string }>;
  /** The address now, asked of the cloud. Undefined when there is none. */
  address(signal?: AbortSignal): Promise<string | undefined>;
  start(progress: Progress, signal: AbortSignal): Promise<void>;
  /** Present when some machines cannot be stopped in some way. Asks nobody. @throws UnsupportedError */
  checkStop?(options: { readonly deallocate: boolean }): void;
  stop(
    options: { readonly deallocate: boolean; readonly force: boolean },
    progress: Progress,
    signal: AbortSignal,
  ): Promise<void>;
  restart(progress: Progress, signal: AbortSignal): Promise<void>;
  /** One line: what removal would remove ("virtual machine, disk, NIC, public IP and firewall in docker-machine (westeurope)"). */
  describeRemoval(): string;
  /**
   * Removes what the journal names and what carries the machine's tag, in the right order, as titled steps, then verifies by
   * tag that nothing is left. Missing resources count as removed, so it can be run again until it succeeds.
   * @throws PartialRemovalError naming what is left
   */
  remove(journal: Journal, progress: Progress, signal: AbortSignal): Promise<void>;
  /** Present when VM extensions can be attached. */
  readonly extensions?: Extensions;
  /** Present when the driver looks after who may reach the machine. */
  readonly access?: Access;
  /** Present when a creation that did not get to its end leaves something in a cloud. */
  readonly remains?: Remains;
  /**
   * Present when something can be run on the host without logging in. Runs a script without secrets, as root.
   * @returns what it wrote to standard output, as far as that is not long
   * @throws ProvisionError with the end of what it wrote
   */
  runScript?(script: string, signal: AbortSignal): Promise<string>;
  /** Present for a host that was there before the machine, and stays when the machine goes. */
  readonly adopted?: AdoptedHost;
}

/** A host that azdock did not make. */
export interface AdoptedHost {
  /** Its name in the cloud, for people: "virtual machine web-1 in prod". */
  readonly label: string;
  /** Marks it as the machine's in the cloud. */
  mark(signal: AbortSignal): Promise<void>;
  /** What would go with it. Asks, and changes nothing. */
  parts(signal: AbortSignal): Promise<HostParts>;
  /** Writes down that it is to go with the machine. */
  claim(journal: Journal, signal: AbortSignal): Promise<void>;
}

/** What a host consists of, each by kind and name: "disk web-1-disk". */
export interface HostParts {
  readonly going: readonly string[];
  /** What belongs to it and would not go along. */
  readonly staying: readonly string[];
}

/** The host of a creation that did not get to its end. One that is unusable has to be made anew. */
export type HostLeft = 'absent' | 'ready' | 'unusable';

/** One thing in a cloud that a creation has made. */
export interface Remain {
  readonly id: string;
  /** Kind and name: "public IP dev-ip". */
  readonly what: string;
  /** It costs money for as long as it is there. */
  readonly isBilled: boolean;
}

/** What a creation that did not get to its end has left. */
export interface Remains {
  /** What exists of what the journal names of the machine's own. Each is asked for by name. */
  list(journal: Journal, signal: AbortSignal): Promise<readonly Remain[]>;
  /**
   * Looks for the host; one that is still being made is waited for.
   * @param onWait called once when it is
   * @throws PreCreateCheckError when there is one of that name which is somebody else's
   */
  findHost(search: { readonly signal: AbortSignal; onWait(): void }): Promise<HostLeft>;
  /** Removes the host, and with `address` also what gives it its address, so that they can be made anew. */
  clear(how: { readonly address: boolean }, journal: Journal, signal: AbortSignal): Promise<void>;
}

/** What a creation would make, and of what; all of it is also the JSON document of a dry run. */
export interface DriverPreview {
  readonly cloud: string;
  readonly subscription: { readonly id: string; readonly name: string };
  readonly location: string;
  /** Null: in no availability zone. */
  readonly zone: string | null;
  readonly resourceGroup: string;
  /** vCPUs and memory are null where this login may not read sizes. */
  readonly size: { readonly name: string; readonly vCpus: number | null; readonly memoryGiB: number | null };
  readonly spot: boolean;
  /** `name` is for people. */
  readonly image: { readonly name: string; readonly reference: string };
  readonly resources: readonly PreviewedResource[];
  /** Security group that guards the machine, and azdock's rules in it; one of the user's keeps its own, which are not told. */
  readonly firewall: { readonly name: string; readonly isOwn: boolean; readonly rules: readonly AccessRule[] };
  /** What is left when all machines of the command are made. */
  readonly quotas: readonly PreviewedQuota[];
  /** What would be changed for the whole subscription, as sentences without capital and period. */
  readonly subscriptionChanges: readonly string[];
  /** Names under which the machine will answer, as far as they are known before it has an address. */
  readonly names: readonly string[];
}

export interface PreviewedResource {
  /** As Azure spells it: `Microsoft.Network/publicIPAddresses`. */
  readonly type: string;
  readonly name: string;
  readonly resourceGroup: string;
  /** Null where this login may not look. */
  readonly exists: boolean | null;
  /** `write` puts what is there of the machine's own into the form that it needs. */
  readonly action: 'make' | 'write' | 'use';
}

export interface PreviewedQuota {
  /** For people: `DSv5 vCPUs`. */
  readonly name: string;
  readonly limit: number;
  readonly used: number;
  /** For all machines of the command. */
  readonly needed: number;
  /** Never below 0. */
  readonly left: number;
}

/** Who may reach a machine from where. */
export interface Access {
  /** What the record says: addresses, blocks, service tags, or `*`. Undefined where it says nothing. */
  readonly recorded: readonly string[] | undefined;
  /** What is there now. @throws UnsupportedError when nothing guards the machine */
  read(signal?: AbortSignal): Promise<AccessReport>;
  /**
   * Lets these come in instead of those before; rules of others stay.
   * @throws UsageError for what is no source, UnsupportedError when the rules are not azdock's
   */
  change(sources: readonly string[], signal: AbortSignal): Promise<AccessReport>;
}

/** The rules that guard a machine. */
export interface AccessReport {
  /** Id of the firewall. */
  readonly group: string;
  /** The machine's own, which azdock made. */
  readonly isOwn: boolean;
  /** Sources of azdock's own rules. */
  readonly allowFrom: readonly string[];
  /** All inbound rules but Azure's own, in the order in which they count. */
  readonly rules: readonly AccessRule[];
}

export interface AccessRule {
  readonly name: string;
  readonly priority: number;
  readonly allows: boolean;
  /** `tcp`, `udp`, `icmp` or `*`. */
  readonly protocol: string;
  /** Single ports, ranges, or `*`. */
  readonly ports: readonly string[];
  readonly from: readonly string[];
  readonly isOwn: boolean;
}

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
  readonly protectedSettings: import('../secret/secret.ts').Secret<object>;
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
