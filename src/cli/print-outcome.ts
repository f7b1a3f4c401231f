import { joinErrors } from '../errors/several-errors.ts';
import type { Outcome } from '../machine/act-on-all.ts';
import type { AzdockCommand } from './base-command.ts';

export interface OutcomeWords<T> {
  /** Key of the JSON document under which those that were done are listed. */
  readonly key: string;
  /** What is said of one that was done. */
  readonly line: (done: T) => string;
}

/**
 * Says which machines it worked for, then fails for the others. With `--json` there is one document: the error's, when there
 * is one.
 * @throws what failed, joined
 */
export async function printOutcome<T>(
  command: AzdockCommand,
  { done, failures }: Outcome<T>,
  { key, line }: OutcomeWords<T>,
): Promise<void> {
  if (!command.context.json) {
    if (done.length > 0) await command.print(done.map(line).join('\n'));
  } else if (failures.length === 0) await command.printJson({ [key]: done });
  if (failures.length > 0) throw joinErrors(failures);
}
