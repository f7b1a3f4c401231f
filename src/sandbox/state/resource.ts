/** Words of ARM's `provisioningState` that the sandbox uses. */
export type ProvisioningState = 'Creating' | 'Updating' | 'Deleting' | 'Succeeded' | 'Failed';

export type Tags = Readonly<Record<string, string>>;

/** What every resource has. */
export interface Resource {
  /** As it was first written; compared without case. */
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly group: string;
  readonly location: string;
  tags: Tags;
  /** Changes with every write. */
  etag: string;
  state: ProvisioningState;
  readonly createdMs: number;
}

export interface ResourceGroup {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  tags: Tags;
  state: ProvisioningState;
}
