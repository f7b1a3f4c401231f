import { allFlags, type CommandClass } from '../command-class.ts';
import type { CommandTable } from '../command-table.ts';
import { globalFlags, jsonFlag } from '../global-flags.ts';
import { argumentValues } from './argument-values.ts';
import { ANY_FILE, type Candidates, formatCandidates, NOTHING } from './candidates.ts';
import { flagValues } from './flag-values.ts';
import type { KnownIn } from './known.ts';
import { findFlag, type ReadWords, readWords } from './read-words.ts';
import { verbCandidates } from './verbs.ts';

export interface CompletionRequest {
  /** The words after the program; the last is the one at the cursor, as far as it is there. */
  readonly words: readonly string[];
  readonly commands: CommandTable;
  readonly knownIn: KnownIn;
}

type Flags = CommandClass['flags'];

/** Where the cursor stands, when flags are possible there. */
interface FlagPlace {
  readonly flags: Flags;
  readonly read: ReadWords;
  readonly typed: string;
  readonly knownIn: KnownIn;
}

/**
 * How a command line could go on, in Cobra's format (see {@link formatCandidates}). Loads the class of the verb that is on the
 * line and of no other; asks nothing but the disk.
 */
export async function completionOf({ words, commands, knownIn }: CompletionRequest): Promise<string> {
  // Windows PowerShell does not pass empty arguments on: its script gives a blank instead.
  const typed = (words.at(-1) ?? '').replace(/^ $/, '');
  const before = words.slice(0, -1);
  const globals: Flags = { ...globalFlags, json: jsonFlag };
  const read = readWords(before, { shapes: globals, stopAtArgument: true });
  const onFlag = atFlag({ flags: globals, read, typed, knownIn });
  const rest = before.slice(read.next);
  if (rest.length === 0) {
    if (onFlag !== undefined) return onFlag;
    return formatCandidates(await verbCandidates(commands, []), typed);
  }
  const verb = [rest.slice(0, 2).join(' '), rest[0] ?? ''].find((name) => Object.hasOwn(commands, name));
  const load = verb === undefined ? undefined : commands[verb];
  if (verb === undefined || load === undefined) return formatCandidates(await verbCandidates(commands, rest), typed);
  const command = (await load()).default;
  const own = rest.slice(verb.split(' ').length);
  return ofCommand(verb, command, { before: read, words: own, typed, knownIn });
}

interface VerbPlace {
  /** What stood before the verb. */
  readonly before: ReadWords;
  readonly words: readonly string[];
  readonly typed: string;
  readonly knownIn: KnownIn;
}

function ofCommand(verb: string, command: CommandClass, { before, words, typed, knownIn }: VerbPlace): string {
  const flags = allFlags(command);
  const found = readWords(words, { shapes: flags, stopAtArgument: command.passThrough });
  // The machine's name is there: the rest is another program's.
  if (command.passThrough && found.next < words.length) return formatCandidates(ANY_FILE, typed);
  const read: ReadWords = {
    ...found,
    given: new Set([...before.given, ...found.given]),
    values: new Map([...before.values, ...found.values]),
  };
  const onFlag = atFlag({ flags, read, typed, knownIn });
  if (onFlag !== undefined) return onFlag;
  const known = knownIn(read.values.get('storage-path'));
  return formatCandidates(argumentValues(verb, command, read.args, known), typed);
}

/** The answer where the cursor is on a flag or on the value of one. */
function atFlag({ flags, read, typed, knownIn }: FlagPlace): string | undefined {
  const known = knownIn(read.values.get('storage-path'));
  const pending = read.pending === undefined ? undefined : flags[read.pending];
  if (read.pending !== undefined && pending !== undefined)
    return formatCandidates(flagValues(read.pending, pending, typed, known), typed);
  if (read.ended || !typed.startsWith('-')) return undefined;
  const equals = typed.indexOf('=');
  if (equals === -1) return formatCandidates(flagNames(flags, read.given, typed), typed);
  const spelled = findFlag(typed.slice(0, equals), flags);
  const flag = spelled === undefined ? undefined : flags[spelled.name];
  const value = typed.slice(equals + 1);
  if (spelled === undefined || flag === undefined) return formatCandidates(NOTHING, value);
  return formatCandidates(flagValues(spelled.name, flag, value, known), value);
}

/** Flags that can still be given, with as many dashes as were typed. */
function flagNames(flags: Flags, given: ReadonlySet<string>, typed: string): Candidates {
  const dashes = /^-[a-z]/i.test(typed) ? '-' : '--';
  const candidates = Object.entries(flags)
    .filter(([name, flag]) => flag.hidden !== true && (isRepeatable(flag) || !given.has(name)))
    // What is on already can only be switched off.
    .map(([name, flag]) => ({
      value: `${dashes}${flag.type === 'boolean' && flag.default === true ? 'no-' : ''}${name}`,
      help: flag.summary,
    }));
  return { candidates: [...candidates, { value: `${dashes}help`, help: 'Tell about the command' }], files: 'none' };
}

function isRepeatable(flag: Flags[string]): boolean {
  return flag.type === 'option' && flag.multiple === true;
}
