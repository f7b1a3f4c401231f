import { type Progress, silentProgress } from '../steps/progress.ts';
import { linesProgress } from './progress-lines.ts';
import { terminalProgress } from './progress-terminal.ts';
import { styleOf } from './style.ts';

export interface ProgressChoice {
  readonly mode: 'auto' | 'plain' | 'none';
  readonly stream: NodeJS.WriteStream;
  readonly isTerminal: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly noColor: boolean;
  /** Debug lines come between: nothing may move. */
  readonly debugging: boolean;
}

/** Live steps where a terminal can show them, lines elsewhere. With `none` only warnings and information are left. */
export function createProgress(choice: ProgressChoice): Progress {
  const { stream, environment } = choice;
  const style = styleOf(choice.isTerminal, environment, choice.noColor);
  const lines = linesProgress({ stream, style });
  if (choice.mode === 'none') return { ...lines, step: silentProgress.step };
  const canMove =
    choice.isTerminal && !choice.debugging && environment['TERM'] !== 'dumb' && (environment['CI'] ?? '') === '';
  return choice.mode === 'auto' && canMove ? terminalProgress({ stream, style }) : lines;
}
