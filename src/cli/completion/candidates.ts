/** One way in which the word at the cursor could end. */
export interface Candidate {
  /** The whole word; of a flag's value only that. */
  readonly value: string;
  /** One line about it. */
  readonly help?: string | undefined;
}

/** Answer to a command line that is not finished. */
export interface Candidates {
  readonly candidates: readonly Candidate[];
  /** What the shell adds of its own where no candidate fits. `none` unless a path is wanted. */
  readonly files: 'none' | 'any' | 'directories';
  /** The word goes on after a candidate, so that no blank belongs there. */
  readonly isOpen?: boolean;
}

export const NOTHING: Candidates = { candidates: [], files: 'none' };
export const ANY_FILE: Candidates = { candidates: [], files: 'any' };
export const DIRECTORIES: Candidates = { candidates: [], files: 'directories' };

/** Words without further help. */
export function words(values: readonly string[]): Candidates {
  return { candidates: values.map((value) => ({ value })), files: 'none' };
}

/**
 * The answer in Cobra's format, which docker understands as well as azdock's own scripts: a candidate a line, its help after a
 * tab, then a colon and the sum of 2 (no blank after it), 4 (no files) and 16 (directories only).
 * https://github.com/spf13/cobra/blob/v1.9.1/completions.go
 *
 * @param typed the part of the word, or value, before the cursor: what does not begin with it is left out
 */
export function formatCandidates({ candidates, files, isOpen }: Candidates, typed: string): string {
  const fitting = candidates.filter(({ value }) => value.startsWith(typed) && isPrintable(value));
  const lines = fitting.map(({ value, help }) => (help === undefined ? value : `${value}\t${oneLine(help)}`));
  const directive = (isOpen === true ? 2 : 0) + { none: 4, any: 0, directories: 16 }[files];
  return [...lines, `:${directive}\n`].join('\n');
}

function isPrintable(value: string): boolean {
  return !/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(value);
}

function oneLine(help: string): string {
  return help.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}
