/** `warning`: it works, and somebody should look. `not-checked`: nothing is known, and the message says why. */
export type Verdict = 'ok' | 'warning' | 'problem' | 'not-checked';

/** The one thing to do: a whole command that can be pasted, or a sentence where no command does it. */
export interface Fix {
  readonly kind: 'command' | 'advice';
  readonly text: string;
}

/** What a check has found. */
export interface Finding {
  readonly verdict: Verdict;
  /** One line: a sentence. */
  readonly message: string;
  readonly fix?: Fix | undefined;
}

export function ok(message: string): Finding {
  return { verdict: 'ok', message };
}

export function warning(message: string, fix: Fix): Finding {
  return { verdict: 'warning', message, fix };
}

export function problem(message: string, fix: Fix): Finding {
  return { verdict: 'problem', message, fix };
}

export function notChecked(why: string, fix?: Fix): Finding {
  return { verdict: 'not-checked', message: why, fix };
}

export function command(text: string): Fix {
  return { kind: 'command', text };
}

export function advice(text: string): Fix {
  return { kind: 'advice', text };
}

/** The one that matters most comes first. */
export const BY_WEIGHT: readonly Verdict[] = ['problem', 'warning', 'not-checked', 'ok'];

/** The one that matters most; the first of those that matter alike. */
export function worst(first: Finding, ...others: readonly Finding[]): Finding {
  const weight = ({ verdict }: Finding) => BY_WEIGHT.indexOf(verdict);
  return others.reduce((found, other) => (weight(other) < weight(found) ? other : found), first);
}
