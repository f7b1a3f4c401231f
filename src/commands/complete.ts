import { completionOf } from '../cli/completion/complete.ts';
import { storePath } from '../cli/context.ts';
import type { Completion } from '../cli/process.ts';
import { knownLabels, knownMachines } from '../machine/known-machines.ts';
import { commands } from './table.ts';

/** Answers `azdock __complete WORD…`, the last word being the one at the cursor. Asks nobody but the disk. */
export const complete: Completion = (words, { environment, cwd }) =>
  completionOf({
    words,
    commands,
    knownIn: (storageFlag) => {
      const root = (): string => storePath(storageFlag ?? environment['MACHINE_STORAGE_PATH'], environment, cwd);
      return { machines: () => knownMachines(root()), labels: () => knownLabels(root()) };
    },
  });
