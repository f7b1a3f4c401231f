import type { Journal } from '../drivers/creation.ts';
import type { JournalEntry, Sidecar } from './sidecar.ts';
import type { SidecarFile } from './sidecar-file.ts';

/**
 * The journal of a machine, kept in its sidecar. Each change is on disk when its promise resolves.
 *
 * @throws RecordError, StoreError
 */
export async function openJournal(file: SidecarFile): Promise<Journal> {
  let known = await file.read();

  async function change(alter: (sidecar: Sidecar) => Sidecar): Promise<void> {
    known = await file.update(alter);
  }

  return {
    get entries(): readonly JournalEntry[] {
      return known?.journal ?? [];
    },
    get ownsResourceGroup(): boolean {
      return known?.ownsResourceGroup ?? false;
    },
    async intend(id, { shared }) {
      if (known?.journal.some((entry) => isSame(entry.id, id) && entry.shared === shared)) return;
      await change((sidecar) => ({ ...sidecar, journal: [...others(sidecar, id), { id, shared }] }));
    },
    async forget(id) {
      if (!known?.journal.some((entry) => isSame(entry.id, id))) return;
      await change((sidecar) => ({ ...sidecar, journal: others(sidecar, id) }));
    },
    async ownResourceGroup() {
      if (known?.ownsResourceGroup) return;
      await change((sidecar) => ({ ...sidecar, ownsResourceGroup: true }));
    },
  };
}

function others(sidecar: Sidecar, id: string): JournalEntry[] {
  return sidecar.journal.filter((entry) => !isSame(entry.id, id));
}

/** ARM ids are compared without regard to letter case (Azure resource manager, "Naming rules"). */
function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
