import { UsageError } from '../../errors/usage-error.ts';
import type { StoredMachine } from '../../store/load.ts';

/** Whether a machine's engine opens no port and is reached through SSH. The driver's part of the sidecar says so, whatever driver. */
export function hasTunnel({ sidecar }: Pick<StoredMachine, 'sidecar'>): boolean {
  return sidecar?.driver?.['tunnel'] === true;
}

/** @throws UsageError for a machine whose engine has a port */
export function requireTunnel(machine: StoredMachine): void {
  if (hasTunnel(machine)) return;
  const { Name: name } = machine.record;
  throw new UsageError(`${name} has no tunnel: its engine is reached by a port. Machines get one when they are made.`, {
    resource: name,
    nextSteps: [{ label: 'Such a machine', command: 'azdock create --tunnel NAME' }],
  });
}
