import { ArmError } from '../../errors/arm-error.ts';
import { armFailure, isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { GROUP_DELETION_MS } from './resource-group.ts';
import { kindOf, NIC_RESERVED, type ResourceKind } from './resource-kinds.ts';

/** First pause after a refusal that passes; it doubles up to {@link LONGEST_PAUSE_MS}. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 15_000;

export interface Deletion {
  readonly signal: AbortSignal;
  /** Called once when Azure keeps a NIC for a VM that could not be made, for three minutes. */
  readonly onReserved?: ((id: string) => void) | undefined;
}

/**
 * Deletes one resource of the machine's own. One that is not there counts as deleted. Refusals that pass by themselves are
 * waited out, for as long as its kind is known to take.
 *
 * @throws ArmError when Azure goes on refusing; LoginError, ConnectionError
 */
export async function deleteResource(
  machine: AzureMachine,
  id: string,
  { signal, onReserved = () => {} }: Deletion,
): Promise<void> {
  const known = kindOf(id);
  if (known === undefined) throw new TypeError(`azdock makes no such resource: ${id}`);
  const { kind } = known;
  const { clock } = machine.session;
  const startMs = clock.now();
  let isTold = false;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      await machine.session.call(deed(machine, `delete ${kind.label} ${nameOf(id)}`, id), signal, async (clients) => {
        try {
          await kind.delete(clients, known.id, signal);
        } catch (error) {
          if (!isGone(error, clients.failures)) throw error;
        }
      });
      return;
    } catch (error) {
      const code = error instanceof ArmError ? (error.azure?.code ?? '') : '';
      if (clock.now() - startMs + pauseMs > patienceMs(kind, code)) throw error;
      if (code === NIC_RESERVED && !isTold) onReserved(id);
      isTold ||= code === NIC_RESERVED;
      await clock.sleep(pauseMs, signal);
    }
  }
}

/** How long this refusal is worth waiting out, in milliseconds. */
function patienceMs(kind: ResourceKind, code: string): number {
  // Somebody deletes the group with all that is in it.
  if (/^(ResourceGroupBeingDeleted|OperationCanceled)$/.test(code)) return GROUP_DELETION_MS;
  return kind.passing?.test(code) ? (kind.patienceMs ?? 0) : 0;
}

/** True when the resource is still there, by asking for it by name: lists lag behind, this does not. */
export async function isThere(machine: AzureMachine, id: string, signal: AbortSignal): Promise<boolean> {
  const known = kindOf(id);
  if (known === undefined) return false;
  return machine.session.call(deed(machine, `find ${known.kind.label} ${nameOf(id)}`, id), signal, async (clients) => {
    try {
      await known.kind.get(clients, known.id, signal);
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  });
}

function isGone(error: unknown, failures: Parameters<typeof armFailure>[1]): boolean {
  if (isNotFound(error)) return true;
  return /^(ResourceNotFound|ResourceGroupNotFound|NotFound)$/.test(armFailure(error, failures)?.code ?? '');
}

/** The last part of an id. */
export function nameOf(id: string): string {
  return id.split('/').at(-1) ?? id;
}
