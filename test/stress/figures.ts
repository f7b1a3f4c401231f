import type { Deed } from './history.ts';
import { operations } from './operations.ts';

/** A table: for each verb how often it was run, how it ended, and how long it took. */
export function figures(deeds: readonly Deed[]): string {
  const lines = operations.map(({ verb }) =>
    lineOf(
      verb,
      deeds.filter((deed) => deed.verb === verb),
    ),
  );
  return [row(['', 'runs', 'ok', 'median ms', '95 % ms', 'longest ms', 'others']), ...lines, lineOf('all', deeds)].join(
    '\n',
  );
}

function lineOf(verb: string, deeds: readonly Deed[]): string {
  const times = deeds.map(({ startMs, endMs }) => endMs - startMs).sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  const counts = new Map<string, number>();
  for (const { outcome } of deeds) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const others = [...counts].filter(([outcome]) => outcome !== 'ok').map(([outcome, count]) => `${outcome} ${count}`);
  const cells = [verb, deeds.length, counts.get('ok') ?? 0, at(0.5), at(0.95), at(1), others.sort().join(', ')];
  return row(cells.map(String));
}

function row([verb = '', ...cells]: readonly string[]): string {
  const others = cells.pop() ?? '';
  return `${verb.padEnd(18)}${cells.map((cell) => cell.padStart(12)).join('')}   ${others}`.trimEnd();
}

/** What failures said, one of each kind. */
export function samples(deeds: readonly Deed[]): string {
  const kinds = new Map<string, string>();
  for (const { verb, outcome, message } of deeds)
    if (message !== '' && !kinds.has(`${verb}, ${outcome}`)) kinds.set(`${verb}, ${outcome}`, message);
  return [...kinds].map(([kind, message]) => `${kind}: ${message.trim().replaceAll(/\s*\n\s*/g, ' ')}`).join('\n');
}
