import { ArmError } from '../../errors/arm-error.ts';
import type { Progress } from '../../steps/progress.ts';
import type { Journal } from '../creation.ts';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { isPassing } from './conflict-policy.ts';
import { isSameId } from './naming.ts';
import type { Refusal } from './remove-own.ts';
import { awaitGroupEnd, isGroupGoing } from './resource-group.ts';

/** One removal at work. */
export interface SharedRemoval {
  readonly machine: AzureMachine;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Takes what Azure could not do, where somebody will ask for it again; else that is told as a warning. */
  readonly refusals?: Refusal[];
}

/** True when this machine's journal says that azdock made it. */
export function isMadeHere(journal: Journal, id: string): boolean {
  return journal.entries.some((entry) => isSameId(entry.id, id));
}

type Clients = AzureMachine['session']['clients'];

/** Asks for something by name; undefined when it is not there. */
export async function ask<T>(
  { machine, signal }: SharedRemoval,
  name: string,
  work: (clients: Clients) => Promise<T>,
): Promise<T | undefined> {
  return machine.session.call(deed(machine, `find ${name}`, name), signal, async (clients) => {
    try {
      return await work(clients);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  });
}

/**
 * Deletes. Somebody may begin to use it just now: then it stays. Where rights, policies or locks keep it, that is told, but is no
 * failure; that Azure was not able to is a refusal.
 */
export async function attempt(
  { machine, journal, signal, progress, refusals }: SharedRemoval,
  name: string,
  ids: readonly string[],
  work: (clients: Clients) => Promise<void>,
): Promise<string[]> {
  try {
    await machine.session.call(deed(machine, `delete ${name}`, name), signal, async (clients) => {
      await work(clients).catch((error: unknown) => {
        if (!isNotFound(error)) throw error;
      });
    });
  } catch (error) {
    if (!(error instanceof ArmError)) throw error;
    if (isGroupGoing(error)) await awaitGroupEnd(machine, signal);
    else {
      const code = error.azure?.code ?? '';
      // OperationNotAllowed is what Microsoft.Compute says of sets and groups that have members.
      if (/^(InUse|OperationNotAllowed$)/.test(code)) return [];
      if (refusals !== undefined && error.kind === 'other' && !isPassing(code))
        refusals.push({ id: ids.at(-1) ?? name, error });
      else progress.warn(`${name} stays in Azure. ${error.message}`);
      return [];
    }
  }
  await forgetAll(journal, ids);
  return [name];
}

/** Strikes ids out of the journal. @returns an empty list, as nothing was removed */
export async function forgetAll(journal: Journal, ids: readonly string[]): Promise<string[]> {
  for (const id of ids) await journal.forget(id);
  return [];
}
