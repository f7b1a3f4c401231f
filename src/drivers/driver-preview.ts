import type { AccessRule } from './access.ts';

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
