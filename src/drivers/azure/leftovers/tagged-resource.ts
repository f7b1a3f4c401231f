import { ID_TAG, MACHINE_TAG, SHARED_TAG, STORE_TAG } from '../naming.ts';
import { parseResourceId } from '../resource-id.ts';

/** A resource with tags of azdock's, as the list of a subscription has it. */
export interface TaggedResource {
  readonly id: string;
  readonly name: string;
  /** Lower case, as of `resource-id.ts`. */
  readonly type: string;
  readonly group: string;
  readonly location: string;
  /** Undefined where Azure does not tell. */
  readonly createdAt: Date | undefined;
  /** Name and id of the machine that it belongs to alone; undefined for what machines share. */
  readonly owner: { readonly machine: string; readonly id: string; readonly storeId: string | undefined } | undefined;
}

/** What lists of Azure have of each resource. */
export interface Listed {
  readonly id?: string;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly createdTime?: Date;
}

/** azdock's are UUIDs. Whatever else somebody has written there stands for no machine. */
const ID = /^[\w-]{1,64}$/;

/** @returns undefined for what carries no tag of azdock's */
export function taggedResource({ id, location, tags, createdTime }: Listed): TaggedResource | undefined {
  const parsed = id === undefined ? undefined : parseResourceId(id);
  if (parsed === undefined) return undefined;
  const machineId = ID.exec(tagOf(tags, ID_TAG) ?? '')?.[0];
  if (machineId === undefined && tagOf(tags, SHARED_TAG) === undefined) return undefined;
  return {
    id: parsed.id,
    name: parsed.names.at(-1) ?? parsed.group,
    type: parsed.type,
    group: parsed.group,
    location: location ?? '',
    createdAt: createdTime,
    owner:
      machineId === undefined
        ? undefined
        : { machine: tagOf(tags, MACHINE_TAG) ?? '', id: machineId, storeId: tagOf(tags, STORE_TAG) },
  };
}

/** Names of tags are compared without case (learn.microsoft.com, "Use tags to organize your Azure resources"). */
export function tagOf(tags: Readonly<Record<string, string>> | undefined, name: string): string | undefined {
  return Object.entries(tags ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}
