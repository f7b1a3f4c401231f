import type { AzureOptions } from '../options.ts';
import type { AzureSession } from '../session.ts';
import { type TaggedResource, taggedResource } from './tagged-resource.ts';

/** All that a subscription has, as far as it matters for finding what belongs to no machine. */
export interface SubscriptionContents {
  /** What carries azdock's tags, resource groups among them. */
  readonly tagged: readonly TaggedResource[];
  /** Ids of everything in each group, by the group's name in lower case. */
  readonly inGroup: ReadonlyMap<string, readonly string[]>;
}

/** A login, and what texts about failures are made of. */
export interface SubscriptionLook {
  readonly session: AzureSession;
  readonly options: AzureOptions;
  readonly signal: AbortSignal;
}

/**
 * Lists a subscription. Azure leaves tags out where it is asked for a tag and its value, so everything is asked for and looked
 * through.
 *
 * @throws what AzureSession.call throws
 */
export async function listTagged(look: SubscriptionLook): Promise<SubscriptionContents> {
  const [groups, resources] = await Promise.all([listGroups(look), listResources(look)]);
  const inGroup = new Map<string, string[]>();
  for (const { id, group } of resources.all) {
    const key = group.toLowerCase();
    inGroup.set(key, [...(inGroup.get(key) ?? []), id]);
  }
  return { tagged: [...resources.tagged, ...groups], inGroup };
}

async function listResources({ session, options, signal }: SubscriptionLook) {
  const deed = { doing: 'list all resources', resource: session.subscriptionId, machine: 'dev', options };
  return session.call(deed, signal, async (to) => {
    const all: { id: string; group: string }[] = [];
    const tagged: TaggedResource[] = [];
    const listed = (await to.resources()).resources.list({ expand: 'createdTime', abortSignal: signal });
    for await (const one of listed) {
      const group = /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)\//i.exec(one.id ?? '')?.[1];
      if (one.id !== undefined && group !== undefined) all.push({ id: one.id, group });
      const found = taggedResource(one);
      if (found !== undefined) tagged.push(found);
    }
    return { all, tagged };
  });
}

/** One that is being deleted is nothing that is left. */
async function listGroups({ session, options, signal }: SubscriptionLook): Promise<TaggedResource[]> {
  const deed = { doing: 'list resource groups', resource: session.subscriptionId, machine: 'dev', options };
  return session.call(deed, signal, async (to) => {
    const found: TaggedResource[] = [];
    for await (const group of (await to.resources()).resourceGroups.list({ abortSignal: signal })) {
      const tagged = group.properties?.provisioningState === 'Deleting' ? undefined : taggedResource(group);
      if (tagged !== undefined) found.push(tagged);
    }
    return found;
  });
}
