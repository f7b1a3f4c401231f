import { isNotFound } from '../arm-failure.ts';
import { parseResourceId } from '../resource-id.ts';
import type { Leftover } from './leftover.ts';
import type { SubscriptionContents, SubscriptionLook } from './list-tagged.ts';
import { sharedKinds } from './shared-kinds.ts';
import type { TaggedResource } from './tagged-resource.ts';

/** Which of the things that machines share are of no use once certain others are gone. */
export interface SharedQuestion {
  readonly contents: SubscriptionContents;
  /** Ids of what goes. */
  readonly going: readonly string[];
  /** Whether one may be taken at all, as by its age. */
  readonly mayGo: (resource: TaggedResource) => boolean;
}

/**
 * Networks, availability sets and proximity placement groups that nobody else uses, and groups in which nothing else is. Only what
 * azdock made, by its tag.
 *
 * @returns in the order in which they can be deleted
 * @throws what AzureSession.call throws
 */
export async function sharedLeftovers(question: SharedQuestion, look: SubscriptionLook): Promise<readonly Leftover[]> {
  const { contents, mayGo } = question;
  const shared = contents.tagged.filter(({ owner }) => owner === undefined);
  const going = new Set(question.going.map((id) => id.toLowerCase()));
  const found: Leftover[] = [];
  const take = (resource: TaggedResource, kind: string) => {
    const { id, name, group, location, createdAt } = resource;
    going.add(id.toLowerCase());
    found.push({ id, kind, name, group, location, createdAt, state: undefined, isBilled: false });
  };
  for (const [type, kind] of sharedKinds) {
    const some = shared.filter((resource) => resource.type === type && mayGo(resource));
    const users = await Promise.all(some.map(({ id }) => usersOf(id, look)));
    for (const [index, resource] of some.entries())
      if (users[index]?.every((user) => isGoing(user, going))) take(resource, kind.label);
  }
  for (const group of shared.filter((resource) => resource.type === '' && mayGo(resource))) {
    const inside = contents.inGroup.get(group.name.toLowerCase()) ?? [];
    if (inside.every((id) => isGoing(id, going))) take(group, 'resource group');
  }
  return found;
}

/** Undefined when it is not there any more. */
async function usersOf(id: string, look: SubscriptionLook): Promise<readonly string[] | undefined> {
  const { session, options, signal } = look;
  const parsed = parseResourceId(id);
  const kind = sharedKinds.get(parsed?.type ?? '');
  if (parsed === undefined || kind === undefined) return undefined;
  const deed = { doing: `find out who uses ${parsed.names.at(-1)}`, resource: id, machine: 'dev', options };
  return session.call(deed, signal, async (clients) =>
    kind.users(clients, parsed, signal).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    }),
  );
}

/** What is a part of something goes with it, as a configuration with its network interface. */
function isGoing(user: string, going: ReadonlySet<string>): boolean {
  const id = user.toLowerCase();
  return going.has(id) || [...going].some((other) => id.startsWith(`${other}/`));
}
