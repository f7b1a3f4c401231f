import type { CommandTable } from '../command-table.ts';
import type { Candidate, Candidates } from './candidates.ts';

/** Summaries of all verbs but hidden ones, as JSON. Put in by `scripts/build.ts`; absent when the sources run as they are. */
declare const AZDOCK_SUMMARIES: string | undefined;

/**
 * Verbs, or what can follow the words typed so far: the second word of a verb of two, the verb after `help`.
 * @param typed whole words, without flags
 */
export async function verbCandidates(commands: CommandTable, typed: readonly string[]): Promise<Candidates> {
  const before = typed[0] === 'help' ? typed.slice(1) : typed;
  const summaries: Record<string, string> =
    typeof AZDOCK_SUMMARIES === 'string' ? JSON.parse(AZDOCK_SUMMARIES) : await summariesOf(commands);
  const found = new Map<string, Candidate>();
  for (const [verb, help] of Object.entries(summaries)) {
    const words = verb.split(' ');
    const value = words[before.length];
    if (value === undefined || !before.every((word, at) => word === words[at])) continue;
    const isWhole = words.length === before.length + 1;
    found.set(value, { value, help: isWhole ? help : `Commands of ${value}` });
  }
  if (typed.length === 0) found.set('help', { value: 'help', help: 'Tell about azdock or a command' });
  return { candidates: [...found.values()].sort((a, b) => (a.value < b.value ? -1 : 1)), files: 'none' };
}

/** Loads every class, which takes its time: the bundle has the summaries ready. */
export async function summariesOf(commands: CommandTable): Promise<Record<string, string>> {
  const summaries: Record<string, string> = {};
  for (const [verb, load] of Object.entries(commands)) {
    const command = (await load()).default;
    if (!command.hidden) summaries[verb] = command.summary ?? '';
  }
  return summaries;
}
