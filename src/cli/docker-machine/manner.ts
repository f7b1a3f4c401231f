import type { Progress } from '../../steps/progress.ts';
import { renamer } from './renamer.ts';

/** How a program that azdock stands in for tells what it does. */
export interface Manner {
  /** A text with the program's own name where it names commands of azdock. */
  asTyped(text: string): string;
  progress(progress: Progress): Progress;
}

/** Title of the first step of a creation, which ends before anything is made. */
const CHECKS = 'Checks';

/**
 * docker-machine's manner: the headings that it prints while it makes a machine (docker/machine:libmachine/libmachine.go), and its own
 * name in commands that are advised.
 */
export function mannerFor(verbs: readonly string[]): Manner {
  const asTyped = renamer(verbs);
  return {
    asTyped,
    progress: (progress) => ({
      async step(title, work) {
        if (title !== CHECKS) return progress.step(title, work);
        progress.info('Running pre-create checks...');
        const result = await progress.step(title, work);
        progress.info('Creating machine...');
        return result;
      },
      warn: (message) => progress.warn(asTyped(message)),
      info: (message) => progress.info(asTyped(message)),
    }),
  };
}
