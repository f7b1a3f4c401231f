import type { AzureMachine } from '../azure-machine.ts';
import { isNotFound } from '../arm-failure.ts';
import { deed } from '../azure-machine.ts';
import { removeGroup } from '../remove-group.ts';
import { parseResourceId } from '../resource-id.ts';
import { attempt, type SharedRemoval } from '../shared-removal.ts';
import { sharedKinds } from './shared-kinds.ts';

/**
 * Removes something that machines shared, unless somebody has begun to use it since. What Azure refuses stays, and is told as a
 * warning: whoever finds it without a use next removes it.
 *
 * @param removal whose machine lies in the group of that name
 * @returns whether it was removed
 */
export async function removeSharedLeftover(id: string, removal: SharedRemoval): Promise<boolean> {
  const parsed = parseResourceId(id);
  if (parsed === undefined) return false;
  if (parsed.type === '') return (await removeGroup(removal)).length > 0;
  const kind = sharedKinds.get(parsed.type);
  const name = parsed.names.at(-1) ?? '';
  if (kind === undefined || (await users(id, removal)) > 0) return false;
  const removed = await attempt(removal, name, [id], (to) => kind.delete(to, parsed, removal.signal));
  return removed.length > 0;
}

/** How many use it now; none when it is gone. */
async function users(id: string, { machine, signal }: SharedRemoval): Promise<number> {
  const parsed = parseResourceId(id);
  const kind = sharedKinds.get(parsed?.type ?? '');
  if (parsed === undefined || kind === undefined) return 0;
  return machine.session.call(lookUp(machine, id), signal, async (clients) => {
    try {
      return (await kind.users(clients, parsed, signal)).length;
    } catch (error) {
      if (isNotFound(error)) return 0;
      throw error;
    }
  });
}

function lookUp(machine: AzureMachine, id: string) {
  return deed(machine, `find out who uses ${id.split('/').at(-1)}`, id);
}
