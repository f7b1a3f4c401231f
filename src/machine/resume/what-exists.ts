import type { Journal } from '../../drivers/creation.ts';
import type { Driver } from '../../drivers/driver.ts';
import type { Remain } from '../../drivers/remains.ts';

/** How long a cloud is asked what there is of a machine, for a message that does not depend on it. */
const ASK_TIMEOUT_MS = 5_000;

/**
 * Says what there is of a machine that is not finished, and what of it is billed: as the cloud says it when it says so quickly, else as
 * the journal has it.
 *
 * @returns a sentence or two; undefined for a machine that has nothing in a cloud
 */
export async function whatExists(driver: Driver, journal: Journal, signal: AbortSignal): Promise<string | undefined> {
  const { remains } = driver;
  if (remains === undefined) return undefined;
  const asked = journaled(journal);
  if (asked.length === 0) return 'Nothing that is billed was made.';
  if (signal.aborted) return fromJournal(asked);
  try {
    return fromCloud(await remains.list(journal, AbortSignal.any([signal, AbortSignal.timeout(ASK_TIMEOUT_MS)])));
  } catch {
    // No login, no network, no answer in time.
    return fromJournal(asked);
  }
}

/** Names of the machine's own resources that were asked for. */
export function journaled({ entries }: Journal): readonly string[] {
  const names = entries.filter(({ shared }) => !shared).map(({ id }) => id.split('/').at(-1) ?? id);
  return [...new Set(names)];
}

function fromJournal(names: readonly string[]): string {
  return `It has asked for ${names.join(', ')}; what exists of that is billed until it is removed.`;
}

function fromCloud(remains: readonly Remain[]): string {
  if (remains.length === 0) return 'Nothing that is billed exists.';
  const billed = remains.filter(({ isBilled }) => isBilled).map(({ what }) => what);
  const list = `There is now ${inWords(remains.map(({ what }) => what))}.`;
  if (billed.length === 0) return `${list} Nothing of that is billed.`;
  if (billed.length === remains.length) return `${list} All of that is billed until it is removed.`;
  return `${list} Billed until removed: ${inWords(billed)}.`;
}

function inWords(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
