import { RefusedError } from '../errors/refused-error.ts';
import type { Sidecar } from '../store/sidecar.ts';
import { actOnAll, type Outcome } from './act-on-all.ts';
import type { MachineContext } from './machine-context.ts';

/**
 * Protects machines against removal, or lifts that. It is written into this store alone: who works on Azure itself is not held
 * back.
 *
 * @returns the names of the machines
 * @throws MachineNotFoundError, RecordError, before anything is changed
 */
export async function setProtection(
  names: readonly string[],
  isProtected: boolean,
  context: MachineContext,
): Promise<Outcome<string>> {
  return actOnAll(names, context, async ({ name, store }) => {
    await store.updateSidecar(name, ({ protected: _, ...sidecar }) =>
      isProtected ? { ...sidecar, protected: true } : sidecar,
    );
    return name;
  });
}

/** @throws RefusedError when the machine is protected */
export function requireUnprotected(name: string, sidecar: Sidecar | undefined): void {
  if (sidecar?.protected !== true) return;
  throw new RefusedError(`${name} is protected against removal.`, {
    resource: name,
    nextSteps: [{ label: 'Lift it', command: `azdock unprotect ${name}` }],
  });
}
