import { loadRecordSync, loadSidecarSync } from '../store/load.ts';
import { isMachineName } from '../store/layout.ts';
import { inNaturalOrder, machineNamesSync } from '../store/names.ts';
import type { MachinePhase } from '../store/sidecar.ts';

/** A machine by what lies on disk. */
export interface KnownMachine {
  readonly name: string;
  /** `ready` for machines of docker-machine. */
  readonly phase: MachinePhase;
}

/**
 * The machines of a store in natural order, without those whose directories docker-machine would not have named so. Never fails: what
 * cannot be read is not known.
 */
export function knownMachines(storePath: string): readonly KnownMachine[] {
  const names = attempt(() => machineNamesSync(storePath)) ?? [];
  return inNaturalOrder(names.filter(isMachineName)).map((name) => ({
    name,
    phase: attempt(() => loadSidecarSync(storePath, name))?.phase ?? 'ready',
  }));
}

/** The engine labels of all machines, each `KEY=VALUE`, once and sorted. */
export function knownLabels(storePath: string): readonly string[] {
  const labels = knownMachines(storePath).flatMap(
    ({ name }) => attempt(() => loadRecordSync(storePath, name))?.record.HostOptions.EngineOptions.Labels ?? [],
  );
  return [...new Set(labels.filter((label) => label.includes('=')))].sort();
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
