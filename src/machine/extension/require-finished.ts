import { ProvisionError } from '../../errors/provision-error.ts';
import { begunWork, unfinishedSteps } from '../unfinished-work.ts';
import type { HeldMachine } from '../act-on-all.ts';

/** @throws ProvisionError for a machine whose creation did not get to its end */
export function requireFinished({ name, machine: { sidecar } }: HeldMachine): void {
  if (sidecar === undefined || sidecar.phase === 'ready') return;
  throw new ProvisionError(`${name} cannot be changed: its ${begunWork(sidecar)} did not finish.`, {
    resource: name,
    nextSteps: unfinishedSteps(name, sidecar),
  });
}
