import { loadSidecarSync } from '../../store/load.ts';
import { possibleNamesSync } from '../../store/names.ts';

/** What the records of some stores stand for. */
export interface Claims {
  /** True when a machine of one of the stores owns the resource, or might. */
  has(found: { readonly machine: string; readonly id: string; readonly resourceId: string }): boolean;
}

/**
 * Reads the records of stores, whatever phase their machines are in: one that is being made, or was not wholly removed, is a machine.
 * One whose `azdock.json` cannot be read claims whatever carries its name.
 *
 * @param warn told of records that cannot be read
 * @throws StoreError when a store itself cannot be read
 */
export function readClaims(roots: readonly string[], warn: (message: string) => void = () => {}): Claims {
  const ids = new Set<string>();
  const resources = new Set<string>();
  const names = new Set<string>();
  for (const root of roots)
    for (const name of possibleNamesSync(root)) {
      try {
        const sidecar = loadSidecarSync(root, name);
        if (sidecar === undefined) continue;
        ids.add(sidecar.id);
        for (const { id } of sidecar.journal) resources.add(id.toLowerCase());
      } catch (error) {
        names.add(name);
        warn(`${error instanceof Error ? error.message : String(error)} What is tagged ${name} is left alone.`);
      }
    }
  return {
    has: ({ machine, id, resourceId }) => ids.has(id) || names.has(machine) || resources.has(resourceId.toLowerCase()),
  };
}
