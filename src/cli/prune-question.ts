import { RefusedError } from '../errors/refused-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import type { PruneReport } from '../machine/prune/prune-report.ts';
import type { CliContext } from './context.ts';
import { printable } from './printable.ts';

interface Given {
  readonly yes: boolean;
  /** The subscription's id, typed by the user. */
  readonly confirm?: string | undefined;
}

/**
 * Whether what was found may be removed: as said, or as the user answers. Without a terminal nobody is asked, and nothing is removed.
 * For machines of other stores it takes the id of the subscription.
 *
 * @throws RefusedError when machines of other stores are to go, and nobody has confirmed it
 */
export async function confirmPrune(report: PruneReport, given: Given, context: CliContext): Promise<boolean> {
  const machines = report.machines.filter(({ verdict }) => verdict === 'remove');
  if (machines.length + report.shared.length === 0) return false;
  const others = machines.filter(({ origin }) => origin === 'other-store');
  const isConfirmed = given.confirm?.toLowerCase() === report.subscription.id.toLowerCase();
  if (given.yes) {
    if (others.length > 0 && !isConfirmed) throw unconfirmed(report, given);
    return true;
  }
  if (!context.interactive) {
    if (!context.json)
      context.progress.info('Nothing is removed, since nobody can be asked here. To remove it:  azdock prune --yes');
    return false;
  }
  const { talk, signal } = context;
  const question = { input: process.stdin, output: talk, signal };
  const { askLine, confirm } = await import('./prompt.ts');
  if (others.length === 0 || isConfirmed) return confirm({ ...question, text: 'Remove all of this? (y/n):' });
  const names = others.map(({ name, id }) => printable(name || id)).join(', ');
  talk.write(
    `Other stores made ${names}. They may be in use by somebody else; with them goes all that is on their disks.\n`,
  );
  const text = `To remove all of this, type the id of the subscription (${report.subscription.id}):`;
  const typed = await askLine({ ...question, text }, async (answer) => {
    if (answer === '') return false;
    if (answer.toLowerCase() === report.subscription.id.toLowerCase()) return true;
    throw new UsageError('That is not its id. Nothing, to remove nothing.');
  });
  return typed === true;
}

function unconfirmed({ subscription }: PruneReport, { confirm }: Given): RefusedError {
  const why = confirm === undefined ? 'Not confirmed' : `${confirm} is not the subscription that was looked through`;
  return new RefusedError(`${why}: machines of other stores may be in use by somebody else.`, {
    resource: '--confirm',
    nextSteps: [
      { label: 'Look at them', command: 'azdock prune --all-stores --dry-run' },
      { label: 'Remove them', command: `azdock prune --all-stores --yes --confirm ${subscription.id}` },
    ],
  });
}
