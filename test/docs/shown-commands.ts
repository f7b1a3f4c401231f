import { readRequest } from '../../src/cli/argv.ts';
import { commands } from '../../src/commands/table.ts';

/** A command as a page, or an error, shows it. */
export interface Shown {
  /** Where it stands. */
  readonly page: string;
  readonly line: string;
}

/** Words as a shell makes them, as far as pages need it; what follows a pipe or a comment is not azdock's. */
function wordsOf(line: string): string[] {
  const own = line.split(/\s(?:\||&&|>|>>|2>|#|;)\s?/)[0] ?? '';
  return [...own.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, bare]) => one ?? two ?? bare ?? '').slice(1);
}

/** Why azdock cannot be called so; undefined when it can. Values of flags are not looked at. */
export async function problemOf({ page, line }: Shown): Promise<string | undefined> {
  const words = wordsOf(line).filter((word) => word !== '…');
  if (words.length === 0 || words[0]?.startsWith('<')) return undefined;
  let verb: string | undefined;
  try {
    const request = readRequest(words, Object.keys(commands));
    verb = request.kind === 'version' ? undefined : request.verb;
  } catch (error) {
    return `${page}: ${line}: ${error instanceof Error ? error.message : String(error)}`;
  }
  const load = verb === undefined ? undefined : commands[verb];
  if (load === undefined) return undefined;
  const { default: command } = await load();
  const known = new Set(
    Object.entries({ ...command.baseFlags, ...command.flags }).flatMap(([name, { char }]) => [
      `--${name}`,
      `--no-${name}`,
      ...(char === undefined ? [] : [`-${char}`]),
    ]),
  );
  for (const name of ['--help', '-h', '--json']) known.add(name);
  const end = words.indexOf('--');
  const flags = (end === -1 ? words : words.slice(0, end))
    .filter((word) => /^--?[a-z]/.test(word))
    .map((word) => word.replace(/=.*$/, ''));
  if ('passThrough' in command && command.passThrough === true && end === -1) return undefined;
  const unknown = flags.find((flag) => !known.has(flag));
  return unknown === undefined ? undefined : `${page}: ${line}: ${verb} has no ${unknown}`;
}
