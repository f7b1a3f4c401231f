import type { AzureOptionValues } from '../../src/drivers/azure/resolve-options.ts';
import type { TestSandbox } from '../sandbox/start.ts';
import type { LaneMachine, Surroundings } from './lane.ts';

/** Something that azdock does to a machine, during which faults strike. */
export interface Story {
  readonly name: string;
  /** The story whose rows of the fault table hold for this one, too. @defaultValue its own */
  readonly like?: string;
  /** Options of the machine. @defaultValue one of everything that azdock makes for a machine */
  readonly values?: (sandbox: TestSandbox) => AzureOptionValues;
  /** Matches method and path of what faults are to strike; the rest is met in other stories. @defaultValue all */
  readonly about?: RegExp;
  /** What others have in the subscription meanwhile. */
  readonly surroundings?: readonly Surroundings[];
  /** Nothing is made or deleted, whatever happens: one machine then does for all cases of a lane. */
  readonly isLook?: boolean;
  /** It is about what no record names. */
  readonly isAboutOthers?: boolean;
  /** What happens before, undisturbed. */
  prepare(machine: LaneMachine): Promise<void>;
  act(machine: LaneMachine): Promise<void>;
  /** By a process that has nothing but the journal. @defaultValue `rm` */
  remove?(machine: LaneMachine): Promise<void>;
}

/** A machine with one of everything that azdock makes for a machine. */
export const oneOfEverything: AzureOptionValues = {
  availabilitySet: 'set',
  proximityPlacementGroup: 'near',
  dnsLabel: 'chaos-1',
  ipv6: true,
  dataDisks: ['16'],
};

/** Nobody interrupts. */
export const { signal } = new AbortController();
export const nothing = async () => {};
export const made = async (machine: LaneMachine) => {
  await machine.create();
};
