import { existsSync } from 'node:fs';
import { UsageError } from '../errors/usage-error.ts';
import { machinePaths } from '../store/layout.ts';

/** The machine that a command means when none is named (docker/machine:commands/commands.go). */
const DEFAULT_NAME = 'default';

/**
 * The machines that a command is about: those named, else the one called `default`.
 * @throws UsageError when none is named and there is no `default`
 */
export function pickNames(storePath: string, names: readonly string[]): readonly string[] {
  if (names.length > 0) return names;
  if (hasDefault(storePath)) return [DEFAULT_NAME];
  throw new UsageError('No machine name(s) specified and no "default" machine exists', {
    nextSteps: [{ label: 'See what there is', command: 'azdock ls' }],
  });
}

/** Whether there is a machine called `default`. */
export function hasDefault(storePath: string): boolean {
  return existsSync(machinePaths(storePath, DEFAULT_NAME).dir);
}

/** The one machine that a command is about. @throws UsageError as {@link pickNames} */
export function pickName(storePath: string, name: string | undefined): string {
  const [picked = DEFAULT_NAME] = pickNames(storePath, name === undefined ? [] : [name]);
  return picked;
}
