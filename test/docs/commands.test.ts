import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { problemOf, type Shown } from './shown-commands.ts';

/** Commands in code blocks, after a prompt or not, and in backticks. */
function commandsOf(page: string): Shown[] {
  const text = readFileSync(page, 'utf8').replaceAll(/\\\n\s*/g, ' ');
  const blocks = [...text.matchAll(/^ {4}(?:\$ )?(azdock .*)$/gm)].map(([, line = '']) => line);
  const inline = [...text.matchAll(/`(azdock [^`]*)`/g)].map(([, line = '']) => line);
  const inEval = [...text.matchAll(/\$\((azdock [^)]*)\)/g)].map(([, line = '']) => line);
  return [...blocks, ...inline, ...inEval].map((line) => ({ page, line }));
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
