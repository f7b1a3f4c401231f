import type { NextStep } from '../errors/azdock-error.ts';
import { quoted } from './system-commands.ts';

/** What can be done with a machine whose files tell nothing, or not enough: what it has in Azure is found by its tags. */
export function givingUp(name: string): NextStep[] {
  return [
    { label: 'Give the machine up and remove its files', command: `azdock rm -f ${quoted(name)}` },
    { label: 'Then find what it has in Azure', command: 'azdock prune' },
  ];
}
