import { MachineExistsError } from '../../errors/machine-exists-error.ts';
import { UnsupportedError } from '../../errors/unsupported-error.ts';
import type { StoredMachine } from '../../store/load.ts';
import type { Sidecar } from '../../store/sidecar.ts';
import { begunWork, unfinishedSteps } from '../unfinished-work.ts';

/** A machine whose creation did not get to its end. */
export interface UnfinishedMachine extends StoredMachine {
  readonly sidecar: Sidecar;
}

/** @throws MachineExistsError when the machine's creation is not what has to be gone on with */
export function requireUnfinished(machine: StoredMachine): UnfinishedMachine {
  const { record, sidecar } = machine;
  const { Name: name, DriverName: driver } = record;
  if (sidecar?.phase === 'removing')
    throw new MachineExistsError(
      name,
      [{ label: 'Go on with that', command: `azdock rm ${name}` }],
      ['Its removal did not finish.'],
    );
  if (sidecar === undefined || sidecar.phase === 'ready')
    throw new MachineExistsError(
      name,
      [
        { label: 'How it stands', command: `azdock status ${name}` },
        { label: 'Put its engine right', command: `azdock provision ${name}` },
      ],
      ['Its creation has finished: there is nothing to resume.'],
    );
  if (sidecar.attached === true)
    throw new UnsupportedError(`${name} was made by another store, and attached to this one without access.`, {
      resource: name,
      nextSteps: unfinishedSteps(name, sidecar),
    });
  if (begunWork(sidecar) === 'adoption')
    throw new UnsupportedError(`${name} is a virtual machine that was there before: it was not made, but adopted.`, {
      resource: name,
      nextSteps: unfinishedSteps(name, sidecar),
    });
  if (driver !== 'azure' && driver !== 'generic')
    throw new UnsupportedError(`Machines of driver ${driver} cannot be resumed.`, { resource: name });
  return { ...machine, sidecar };
}
