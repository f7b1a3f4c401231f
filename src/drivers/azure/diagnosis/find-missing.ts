import type { JournalEntry } from '../../../store/sidecar.ts';
import { isNotFound } from '../arm-failure.ts';
import { type AzureMachine, deed } from '../azure-machine.ts';
import { isThere, nameOf } from '../delete-resource.ts';
import { sharedKinds } from '../leftovers/shared-kinds.ts';
import { callOptions } from '../long-running.ts';
import { parseResourceId } from '../resource-id.ts';
import { kindOf } from '../resource-kinds.ts';

/** A resource that the journal names. */
export interface JournaledResource {
  readonly id: string;
  /** Kind and name: "public IP dev-ip". */
  readonly what: string;
}

/**
 * Asks for each resource that a machine needs by its name, all at once.
 * @param entries of the journal; without any, as of a machine of docker-machine, VM and NIC have to be there
 * @returns how many there are to be, and those that are not; what is of no kind that azdock makes is not looked for
 */
export async function findMissing(
  machine: AzureMachine,
  entries: readonly JournalEntry[],
  signal: AbortSignal,
): Promise<{ readonly expected: number; readonly missing: readonly JournaledResource[] }> {
  const { vm, nic } = machine.names.ids;
  const ids = entries.length === 0 ? [vm, nic] : [...new Set(entries.map(({ id }) => id))];
  const known = ids.flatMap((id) => {
    const what = describe(id);
    return what === undefined ? [] : [{ id, what }];
  });
  const there = await Promise.all(known.map(({ id }) => exists(machine, id, signal)));
  return { expected: known.length, missing: known.filter((_, index) => !there[index]) };
}

function describe(id: string): string | undefined {
  const type = parseResourceId(id)?.type ?? '';
  const label = kindOf(id)?.kind.label ?? sharedKinds.get(type)?.label;
  if (label !== undefined) return `${label} ${nameOf(id)}`;
  return type === '' ? `resource group ${nameOf(id)}` : undefined;
}

async function exists(machine: AzureMachine, id: string, signal: AbortSignal): Promise<boolean> {
  if (kindOf(id) !== undefined) return isThere(machine, id, signal);
  const parsed = parseResourceId(id);
  const shared = sharedKinds.get(parsed?.type ?? '');
  return machine.session.call(deed(machine, `find ${nameOf(id)}`, id), signal, async (clients) => {
    try {
      if (parsed !== undefined && shared !== undefined) await shared.users(clients, parsed, signal);
      else if (parsed !== undefined)
        await (await clients.resources()).resourceGroups.get(parsed.group, callOptions(signal));
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  });
}
