import { listTagged, type SubscriptionLook } from '../../drivers/azure/leftovers/list-tagged.ts';
import { machineLeftovers } from '../../drivers/azure/leftovers/machine-leftovers.ts';
import { sharedLeftovers } from '../../drivers/azure/leftovers/shared-leftovers.ts';
import type { TaggedResource } from '../../drivers/azure/leftovers/tagged-resource.ts';
import { readClaims } from './claims.ts';
import type { Leftover, LostMachine, PruneReport, Verdict } from './prune-report.ts';

/** What counts as left over. */
export interface LeftoverQuestion {
  /** Absolute paths; whatever a record there stands for is no leftover. The first is the own one. */
  readonly stores: readonly string[];
  /** The own store's id; undefined when it never made a machine on Azure. */
  readonly storeId: string | undefined;
  /** Machines of other stores, too. */
  readonly allStores: boolean;
  /** What is younger is left alone, since somebody may just be making it. */
  readonly olderThanMs: number;
  readonly now: Date;
}

/**
 * Looks through a subscription for what belongs to no machine. Azure is asked first and the stores afterwards: a record is written
 * before the first resource of its machine is asked for.
 *
 * @throws StoreError; what AzureSession.call throws
 */
export async function findLeftovers(
  question: LeftoverQuestion,
  look: SubscriptionLook,
  warn: (message: string) => void,
): Promise<PruneReport> {
  const contents = await listTagged(look);
  const found = await machineLeftovers(contents.tagged, look);
  const claims = readClaims(question.stores, warn);
  const machines = found.flatMap(({ machine: name, id, storeId, resources }) => {
    const lost = resources.filter((one) => !claims.has({ machine: name, id, resourceId: one.id }));
    if (lost.length < resources.length) return [];
    const origin = storeId !== undefined && storeId === question.storeId ? 'this-store' : 'other-store';
    const machine = { name, id, origin, storeId, resources: lost } as const;
    return [{ ...machine, verdict: judge(machine, question) }];
  });
  const going = machines.filter(({ verdict }) => verdict === 'remove').flatMap(({ resources }) => resources);
  const mayGo = ({ id, type, createdAt }: TaggedResource) =>
    // A group whose age Azure does not tell goes only when it is empty; a creation that loses it makes it anew.
    !claims.has({ machine: '', id: '', resourceId: id }) && (type === '' || isOld({ createdAt }, question));
  const shared = await sharedLeftovers({ contents, going: going.map(({ id }) => id), mayGo }, look);
  const { subscriptionId: id, subscriptionName: name } = look.session;
  return { subscription: { id, name }, machines, shared };
}

function judge({ origin, resources }: Omit<LostMachine, 'verdict'>, question: LeftoverQuestion): Verdict {
  if (origin === 'other-store' && !question.allStores) return 'other-store';
  return resources.every((one) => isOld(one, question)) ? 'remove' : 'young';
}

/** Where Azure tells no age, everything may be young. */
function isOld({ createdAt }: Pick<Leftover, 'createdAt'>, { olderThanMs, now }: LeftoverQuestion): boolean {
  return olderThanMs === 0 || (createdAt !== undefined && now.getTime() - createdAt.getTime() >= olderThanMs);
}
