import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { describeFailure } from '../../src/cli/errors.ts';
import { SeveralErrors } from '../../src/errors/several-errors.ts';
import { everyError } from './every-error.ts';
import { PROGRAM, runProgram } from './run-program.ts';

/** The table of docs/exit-codes.md: exit code to names of errors. */
function documented(): Map<number, string[]> {
  const rows = readFileSync('docs/exit-codes.md', 'utf8').matchAll(/^\| (\d+) \|[^|]*\| (.*) \|$/gm);
  return new Map(
    [...rows].map(([, code, names = '']) => [
      Number(code),
      [...names.matchAll(/`([\w-]+)`/g)].map(([, name]) => name ?? ''),
    ]),
  );
}

test('docs/exit-codes.md names every error under its exit code, and nothing else', async () => {
  const look = { verb: 'ls', debugging: false, style: { color: false, unicode: true }, interrupted: undefined };
  const ofOutside = [new TypeError('x'), Object.assign(new Error('x'), { code: 'ENOSPC' })];
  const errors = everyError().filter((error) => !(error instanceof SeveralErrors));
  const failures = [...errors, ...ofOutside].map((error) => describeFailure(error, look));
  const table = documented();
  for (const { exitCode, document } of failures) {
    assert.ok(table.get(exitCode)?.includes(document.error.code), `${document.error.code} stands under ${exitCode}`);
  }
  const known = failures.map(({ exitCode, document }) => `${exitCode} ${document.error.code}`);
  known.push('129 cancelled', '143 cancelled');
  const unknown = [...table]
    .flatMap(([code, names]) => names.map((name) => `${code} ${name}`))
    .filter((row) => !known.includes(row));
  assert.deepEqual(unknown, []);
});

test('each error ends with the same exit code and the same facts, with --json and without', async () => {
  const errors = everyError();
  const names = [...new Set(errors.map((error) => error.constructor.name))];
  assert.ok(names.length > 25, names.join(' '));
  // Two at once: each is a process of its own.
  const left = [...names];
  const work = async () => {
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      const [words, json] = await Promise.all([
        runProgram(PROGRAM, ['fail', name]),
        runProgram(PROGRAM, ['fail', name, '--json']),
      ]);
      const expected = errors.find((error) => error.constructor.name === name);
      const { error } = JSON.parse(json.stdout);
      assert.deepEqual([words.code, json.code], [expected?.exitCode, expected?.exitCode], name);
      assert.deepEqual([error.code, error.message], [expected?.code, expected?.message], name);
      assert.ok(words.stderr.startsWith(expected?.message ?? '?'), `${name}: ${words.stderr}`);
      assert.deepEqual([words.stdout, json.stderr], ['', ''], name);
    }
  };
  await Promise.all([work(), work()]);
});
