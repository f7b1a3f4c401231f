import type { Journal } from '../../drivers/creation.ts';
import type { HostLeft } from '../../drivers/remains.ts';
import type { MachinePaths } from '../../store/layout.ts';
import type { MachineContext } from '../machine-context.ts';
import type { NewMachine } from '../new-machine.ts';
import { keptSshKey } from './kept-parts.ts';

/** What an earlier run has left in the cloud. */
export interface Left {
  /** The host is there, and can be kept. */
  readonly hasHost: boolean;
  /** Something has to be cleared away before the host is made. */
  readonly needsClearing: boolean;
}

export interface HostQuestion {
  readonly name: string;
  readonly machine: NewMachine;
  readonly journal: Journal;
  readonly paths: MachinePaths;
  readonly context: MachineContext;
}

/**
 * Looks for the host that an earlier run has made or begun to make. One to which nobody can log in, as its key is gone, is none.
 * @throws PreCreateCheckError when there is one of that name which is somebody else's; LoginError, ArmError
 */
export async function findHost({ name, machine, journal, paths, context }: HostQuestion): Promise<Left> {
  const { remains } = machine.driver;
  if (remains === undefined || journal.entries.length === 0) return { hasHost: false, needsClearing: false };
  const { signal, progress } = context;
  const onWait = () => progress.info(`Azure is still making ${name}; waiting for it.`);
  const host: HostLeft = await remains.findHost({ signal, onWait });
  if (host === 'ready' && (await keptSshKey(paths)) !== undefined) return { hasHost: true, needsClearing: false };
  // Without a VM there may still be a disk of one.
  const hasDisk = journal.entries.some(({ id, shared }) => !shared && /\/(disks|virtualmachines)\//i.test(id));
  return { hasHost: false, needsClearing: host !== 'absent' || hasDisk };
}
