import type { Journal } from '../../creation.ts';
import type { Remain } from '../../remains.ts';
import type { AzureMachine } from '../azure-machine.ts';
import { isThere, nameOf } from '../delete-resource.ts';
import { kindOf } from '../resource-kinds.ts';

/** Cost money for as long as they are there, used or not; a NIC and a security group do not (azure.microsoft.com/pricing). */
const BILLED = ['virtual machine', 'disk', 'public IP'];

/** What exists of what a journal names of the machine's own. Each is asked for by name, all at once. */
export async function listRemains(
  machine: AzureMachine,
  journal: Journal,
  signal: AbortSignal,
): Promise<readonly Remain[]> {
  const own = journal.entries.flatMap(({ id, shared }) => {
    const label = shared ? undefined : kindOf(id)?.kind.label;
    // An extension is a part of its VM.
    return label === undefined || label === 'extension' ? [] : [{ id, label }];
  });
  const found = await Promise.all(own.map(({ id }) => isThere(machine, id, signal)));
  const remains = own
    .filter((_, index) => found[index])
    .map(({ id, label }) => ({ id, what: `${label} ${nameOf(id)}`, isBilled: BILLED.includes(label), label }));
  return remains.sort((one, other) => weight(one) - weight(other));
}

/** What costs most comes first. */
function weight({ label }: { readonly label: string }): number {
  const place = BILLED.indexOf(label);
  return place === -1 ? BILLED.length : place;
}
