import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readRequest } from '../../src/cli/argv.ts';
import { commands } from '../../src/commands/table.ts';

/** A command as a page shows it: in a code block, after a prompt or not, or in backticks. */
interface Shown {
  readonly page: string;
  readonly line: string;
}

function commandsOf(page: string): Shown[] {
  const text = readFileSync(page, 'utf8').replaceAll(/\\\n\s*/g, ' ');
  const blocks = [...text.matchAll(/^ {4}(?:\$ )?(azdock .*)$/gm)].map(([, line = '']) => line);
  const inline = [...text.matchAll(/`(azdock [^`]*)`/g)].map(([, line = '']) => line);
  const inEval = [...text.matchAll(/\$\((azdock [^)]*)\)/g)].map(([, line = '']) => line);
  return [...blocks, ...inline, ...inEval].map((line) => ({ page, line }));
}

/** Words as a shell makes them, as far as pages need it; what follows a pipe or a comment is not azdock's. */
function wordsOf(line: string): string[] {
  const own = line.split(/\s(?:\||&&|>|>>|2>|#|;)\s?/)[0] ?? '';
  return [...own.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, one, two, bare]) => one ?? two ?? bare ?? '').slice(1);
}

async function problemOf({ page, line }: Shown): Promise<string | undefined> {
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

test('every command that a page shows is one that azdock has, with flags that it has', async () => {
  const pages = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/**/*.md')];
  const shown = pages.flatMap(commandsOf);
  assert.ok(shown.length > 80, `${shown.length} commands found`);
  const problems = await Promise.all(shown.map(problemOf));
  assert.deepEqual(
    problems.filter((problem) => problem !== undefined),
    [],
  );
});
