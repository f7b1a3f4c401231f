/** One run of azdock, with when it began and ended, in milliseconds. */
export interface Deed {
  readonly verb: string;
  readonly name: string;
  readonly startMs: number;
  readonly endMs: number;
  /** `ok`, the code of its error, `killed` by us, `stuck`, or what is worse. */
  readonly outcome: string;
  /** The error's message. */
  readonly message: string;
}

/** What must be true of a machine, by what those said who made and removed it. `open` when they were at it side by side. */
export function fateOf(name: string, deeds: readonly Deed[]): 'there' | 'gone' | 'open' {
  const own = deeds.filter((deed) => deed.name === name);
  const made = own.filter(({ verb, outcome }) => verb === 'create' && outcome === 'ok');
  // One that was killed may have done its work, or some of it.
  const removed = own.filter(({ verb, outcome }) => verb === 'rm' && (outcome === 'ok' || outcome === 'killed'));
  const perhapsMade = own.filter(({ verb, outcome }) => verb === 'create' && outcome !== 'machine-exists');
  if (made.some((one) => removed.every((other) => other.endMs < one.startMs))) return 'there';
  if (perhapsMade.length === 0) return 'gone';
  const surely = removed.filter(({ outcome }) => outcome === 'ok');
  return surely.some((one) => perhapsMade.every((other) => other.endMs < one.startMs)) ? 'gone' : 'open';
}
