/** A shell whose language azdock writes: one statement a line, then the hint as comments. */
export interface StatementDialect {
  readonly kind: 'statements';
  /** The statement that sets and exports `name`. The caller has checked both with `safe-value.ts`. */
  readonly set: (name: string, value: string) => string;
  readonly unset: (name: string) => string;
  /** The statement by which a variable counts for nothing, whether it is there or not. @defaultValue `unset`, where that does not complain */
  readonly clear?: (name: string) => string;
  /** What keeps statements that set apart from those that remove, where lines may be joined. @defaultValue nothing */
  readonly separator?: string;
  /** What begins a comment. */
  readonly comment: string;
  /** The line that applies the output of `command`; undefined when the shell cannot carry one of its words. */
  readonly apply: (command: readonly string[]) => string | undefined;
}

/** A shell that takes data instead of statements. Data cannot carry a comment, so the hint travels beside it. */
export interface DataDialect {
  readonly kind: 'data';
  /** One line; `null` stands for a variable to remove. */
  readonly document: (variables: Readonly<Record<string, string | null>>) => string;
  readonly apply: (command: readonly string[], mode: 'set' | 'unset') => string | undefined;
}

export type Dialect = StatementDialect | DataDialect;

/** Words of a command line as one string: ordinary words bare, all others by `quote`. */
export function joinWords(command: readonly string[], quote: (word: string) => string): string {
  return command.map((word) => (isOrdinaryWord(word) ? word : quote(word))).join(' ');
}

// Letters, digits and signs that no shell of the table gives a meaning, at the positions where they may stand.
function isOrdinaryWord(word: string): boolean {
  return /^[A-Za-z0-9_./:+-][A-Za-z0-9_./:=+-]*$/.test(word);
}
