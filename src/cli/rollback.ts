import { boolean } from '@oclif/core/flags';
import { AzdockError } from '../errors/azdock-error.ts';
import type { RollbackChoice } from '../machine/resume/roll-back.ts';
import type { CliContext } from './context.ts';
import { isDockerMachine } from './docker-machine/mode.ts';

/** `--rollback`. Undefined where nothing was said: see {@link rollbackChoice}. */
export const rollbackFlag = boolean({
  env: 'AZDOCK_ROLLBACK',
  allowNo: true,
  summary:
    'Remove what was made when the creation fails; --no-rollback keeps it [default: asked on a terminal, else done; kept when interrupted]',
});

/**
 * Whether a creation that fails is to be taken back: as said; else a terminal asks, and where nobody can be asked it is done.
 * What is called as docker-machine keeps everything, as the programs that call it remove it themselves.
 */
export function rollbackChoice(
  flag: boolean | undefined,
  context: CliContext,
  { isSeveral }: { readonly isSeveral: boolean },
): RollbackChoice {
  if (flag !== undefined) return { onFailure: flag, onInterrupt: flag };
  if (isDockerMachine(context.program)) return { onFailure: false, onInterrupt: false };
  if (!context.interactive) return { onFailure: true, onInterrupt: false };
  // Of several machines, others are still being made when the first one fails: no time for a question.
  return { onFailure: isSeveral ? false : (...facts) => ask(facts, context), onInterrupt: false };
}

async function ask(
  [failure, exists]: readonly [unknown, string | undefined],
  { talk, signal }: CliContext,
): Promise<boolean> {
  const { confirm } = await import('./prompt.ts');
  const { printable } = await import('./printable.ts');
  const lines = [failure instanceof AzdockError ? failure.message : undefined, exists];
  for (const line of lines) if (line !== undefined) talk.write(`${printable(line)}\n`);
  return confirm({
    text: 'Remove it? Without, azdock create --resume goes on with it. (y/N):',
    input: process.stdin,
    output: talk,
    signal,
  });
}
