import type { Journal } from '../drivers/creation.ts';
import { StoreError } from '../errors/store-error.ts';

/**
 * The journal for a removal: a disk that takes nothing more is no reason to leave what is billed. Whatever is gone and could not be
 * crossed out, the next removal finds gone.
 */
export function forgivingJournal(journal: Journal, onFailure: (failure: StoreError) => void): Journal {
  return {
    get entries() {
      return journal.entries;
    },
    get ownsResourceGroup() {
      return journal.ownsResourceGroup;
    },
    intend: (id, how) => journal.intend(id, how),
    ownResourceGroup: () => journal.ownResourceGroup(),
    forget: (id) => despiteDisk(() => journal.forget(id), onFailure),
  };
}

/** Does what only writes down how far something has come. A failure of the store is told, and nothing more. */
export async function despiteDisk(
  work: () => Promise<unknown>,
  onFailure: (failure: StoreError) => void,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    onFailure(error);
  }
}
