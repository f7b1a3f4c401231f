import type { NextStep } from '../errors/azdock-error.ts';
import { machineLockHolder } from '../store/lock-holder.ts';
import type { Sidecar } from '../store/sidecar.ts';

/** What began with a machine and broke off; undefined when all is done, and while somebody is still at it. */
export function unfinishedWork(
  name: string,
  sidecar: Sidecar | undefined,
  storePath: string,
): 'creation' | 'removal' | undefined {
  if (sidecar === undefined || sidecar.phase === 'ready') return undefined;
  if (machineLockHolder(storePath, name) !== undefined) return undefined;
  return sidecar.phase === 'removing' ? 'removal' : 'creation';
}

/** How to go on with it, and how to get rid of the machine. */
export function unfinishedSteps(name: string, work: 'creation' | 'removal' = 'creation'): readonly NextStep[] {
  const cleanUp = { label: 'Clean up', command: `azdock rm ${name}` };
  return work === 'removal'
    ? [cleanUp]
    : [{ label: 'Go on with it', command: `azdock create ${name} --resume` }, cleanUp];
}

/** The same in one line, for where there is no room for more; undefined when all is done. */
export function unfinishedLine(name: string, sidecar: Sidecar | undefined, storePath: string): string | undefined {
  const work = unfinishedWork(name, sidecar, storePath);
  if (work === undefined) return undefined;
  const commands = unfinishedSteps(name, work).map(({ command }) => command);
  return `Its ${work} did not finish; run ${commands.join(', or ')}`;
}
