/**
 * How alike two words are, from 0 to 1: the share of neighbouring pairs of letters that they have in common (Dice's
 * coefficient). Case does not count.
 */
export function closeness(a: string, b: string): number {
  const [left, right] = [pairs(a), pairs(b)];
  if (left.length + right.length === 0) return 1;
  const unmatched = [...right];
  let common = 0;
  for (const pair of left) {
    const at = unmatched.indexOf(pair);
    if (at === -1) continue;
    unmatched.splice(at, 1);
    common += 1;
  }
  return (2 * common) / (left.length + right.length);
}

/** The ends count as letters of their own, so that short words have pairs too. */
function pairs(word: string): string[] {
  if (word === '') return [];
  const whole = ` ${word.toLowerCase()} `;
  return Array.from({ length: whole.length - 1 }, (_, at) => whole.slice(at, at + 2));
}

/** The candidate most like the word, or undefined when none is rather alike than not. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const [best] = candidates
    .map((candidate) => ({ candidate, value: closeness(word, candidate) }))
    .sort((a, b) => b.value - a.value);
  return best !== undefined && best.value >= 0.5 ? best.candidate : undefined;
}
