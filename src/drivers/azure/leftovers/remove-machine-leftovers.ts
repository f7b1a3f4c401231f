import { PartialRemovalError } from '../../../errors/partial-removal-error.ts';
import type { Journal } from '../../creation.ts';
import { isNotFound } from '../arm-failure.ts';
import { type AzureMachine, deed } from '../azure-machine.ts';
import { nameOf } from '../delete-resource.ts';
import { ID_TAG } from '../naming.ts';
import { type Refusal, Removal, targetsOf } from '../remove-own.ts';
import { verify } from '../remove.ts';
import { kindOf } from '../resource-kinds.ts';
import { tagOf } from './tagged-resource.ts';

/**
 * Removes what is left of a machine, in the same order as `rm` and verified in the same way. Each resource is looked at once more
 * before: one that carries another id by now belongs to a machine that somebody has made meanwhile.
 *
 * @param machine by whose id they are known; nothing else of it counts
 * @returns ids of what was removed, or was gone already
 * @throws PartialRemovalError naming what is left
 */
export async function removeMachineLeftovers(
  machine: AzureMachine,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const looks = await Promise.all(ids.map(async (id) => ({ id, tag: await currentId(machine, id, signal) })));
  const mine = looks.filter(({ tag }) => tag === 'gone' || tag === machine.id).map(({ id }) => id);
  const journal = inMemory(mine);
  const targets = targetsOf(mine);
  const first = new Removal(machine, journal, signal);
  await first.deleteVirtualMachine(targets);
  await first.deleteFirewall(targets);
  const refusals = await verify({ machine, journal, signal, targets, first });
  if (refusals.length > 0) throw partial(machine, refusals);
  return mine;
}

/** The machine's id that a resource carries now; `gone` when it is not there. */
async function currentId(machine: AzureMachine, id: string, signal: AbortSignal): Promise<string | undefined> {
  const known = kindOf(id);
  if (known === undefined) return undefined;
  const look = deed(machine, `find ${known.kind.label} ${nameOf(id)}`, id);
  return machine.session.call(look, signal, async (clients) => {
    try {
      return tagOf(parseTags(await known.kind.get(clients, known.id, signal)), ID_TAG);
    } catch (error) {
      if (isNotFound(error)) return 'gone';
      throw error;
    }
  });
}

function parseTags(resource: unknown): Readonly<Record<string, string>> | undefined {
  const tags = typeof resource === 'object' && resource !== null && 'tags' in resource ? resource.tags : undefined;
  if (typeof tags !== 'object' || tags === null) return undefined;
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, String(value)]));
}

function partial({ name }: AzureMachine, refusals: readonly Refusal[]): PartialRemovalError {
  const left = refusals.map(({ id }) => `${kindOf(id)?.kind.label ?? 'resource'} ${nameOf(id)}`);
  const [first] = refusals;
  return new PartialRemovalError(`What was left of ${name} is not wholly removed; left in Azure: ${left.join(', ')}.`, {
    resource: name,
    details: refusals.map(({ id, error }) => `${id}: ${error.message}`),
    cause: first?.error,
    ...(first?.error.azure === undefined ? {} : { azure: first.error.azure }),
    nextSteps: [{ label: 'Try again', command: 'azdock prune' }],
  });
}

/** A journal of what was found. It goes with the process: what is not removed is found again. */
function inMemory(ids: readonly string[]): Journal {
  let entries = ids.map((id) => ({ id, shared: false }));
  return {
    ownsResourceGroup: false,
    get entries() {
      return entries;
    },
    intend: async () => {},
    async forget(id) {
      entries = entries.filter((entry) => entry.id.toLowerCase() !== id.toLowerCase());
    },
    ownResourceGroup: async () => {},
  };
}
