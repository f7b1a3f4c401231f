import { findLeftBehind } from '../../../store/left-behind.ts';
import type { Check } from '../check.ts';
import { advice, ok, warning } from '../finding.ts';
import type { ComputerSubject } from './computer-subject.ts';

/** Beginnings of writes, and locks of the dead. */
export const storeLeftovers: Check<ComputerSubject> = {
  id: 'store-leftovers',
  title: 'Leftovers in the store',
  async run({ context: { storePath } }) {
    const { temporaries, locks } = await findLeftBehind(storePath);
    const [path] = [...temporaries, ...locks];
    if (path === undefined) return ok('None.');
    const counts = [counted(temporaries.length, 'temporary file'), counted(locks.length, 'lock')].filter(
      (text) => text !== '',
    );
    return warning(
      `Killed processes have left ${counts.join(' and ')}, such as ${path}.`,
      advice('They harm nothing, and go when the machine they belong to is next changed.'),
    );
  },
};

function counted(count: number, what: string): string {
  return count === 0 ? '' : `${count} ${what}${count === 1 ? '' : 's'}`;
}
