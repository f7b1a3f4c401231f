import { parseExisting } from '../drivers/azure/existing/existing-vm.ts';
import type { NextStep } from '../errors/azdock-error.ts';
import { machineLockHolder } from '../store/lock-holder.ts';
import type { Sidecar } from '../store/sidecar.ts';

/** What can break off, and be gone on with: each has its own command. */
export type UnfinishedWork = 'creation' | 'adoption' | 'attachment' | 'removal';

/** What began with a machine and broke off; undefined when all is done, and while somebody is still at it. */
export function unfinishedWork(
  name: string,
  sidecar: Sidecar | undefined,
  storePath: string,
): UnfinishedWork | undefined {
  if (sidecar === undefined || sidecar.phase === 'ready') return undefined;
  return machineLockHolder(storePath, name) === undefined ? begunWork(sidecar) : undefined;
}

/** What was last begun with a machine that is not ready, whether somebody is at it or not. */
export function begunWork(sidecar: Sidecar): UnfinishedWork {
  if (sidecar.phase === 'removing') return 'removal';
  if (sidecar.attached === true) return 'attachment';
  return adoptedVm(sidecar) === undefined ? 'creation' : 'adoption';
}

/** How to go on with it, and how to get rid of the machine. */
export function unfinishedSteps(name: string, sidecar: Sidecar): readonly NextStep[] {
  switch (begunWork(sidecar)) {
    case 'removal':
      return removalSteps(name);
    case 'attachment':
      return [
        { label: 'Get access', command: `azdock attach ${name}` },
        { label: 'Forget it', command: `azdock rm ${name}` },
      ];
    case 'adoption':
      return adoptionSteps(name, adoptedVm(sidecar) ?? '');
    case 'creation':
      return creationSteps(name);
  }
}

export function creationSteps(name: string): readonly NextStep[] {
  return [{ label: 'Go on with it', command: `azdock create ${name} --resume` }, ...removalSteps(name)];
}

/** @param vm its resource id */
export function adoptionSteps(name: string, vm: string): readonly NextStep[] {
  return [
    { label: 'Go on with it', command: `azdock adopt ${name} --azure-vm ${vm}` },
    { label: 'Let it go', command: `azdock rm ${name}` },
  ];
}

export function removalSteps(name: string): readonly NextStep[] {
  return [{ label: 'Clean up', command: `azdock rm ${name}` }];
}

/** The same in one line, for where there is no room for more; undefined when all is done. */
export function unfinishedLine(name: string, sidecar: Sidecar | undefined, storePath: string): string | undefined {
  const work = unfinishedWork(name, sidecar, storePath);
  if (work === undefined || sidecar === undefined) return undefined;
  const commands = unfinishedSteps(name, sidecar).map(({ command }) => command);
  return `Its ${work} did not finish; run ${commands.join(', or ')}`;
}

function adoptedVm({ driver }: Sidecar): string | undefined {
  return parseExisting(driver?.['existing'])?.vm;
}
