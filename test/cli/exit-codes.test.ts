import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { describeFailure } from '../../src/cli/errors.ts';
import { ArmError, type ArmErrorKind } from '../../src/errors/arm-error.ts';
import { AzdockError } from '../../src/errors/azdock-error.ts';

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

/** One error of every class in src/errors that can be made from a message. */
async function everyError(): Promise<AzdockError[]> {
  const kinds: ArmErrorKind[] = ['capacity', 'quota', 'policy', 'forbidden', 'other'];
  const errors: AzdockError[] = kinds.map((kind) => new ArmError('x', kind, { code: 'X' }));
  for (const file of globSync('src/errors/*-error.ts')) {
    const exported: Record<string, unknown> = await import(`../../${file}`);
    for (const [name, value] of Object.entries(exported)) {
      if (typeof value !== 'function' || name === 'AzdockError' || name === 'ArmError') continue;
      const made: unknown = Reflect.construct(value, ['x']);
      assert.ok(made instanceof AzdockError, `${name} is an AzdockError`);
      errors.push(made);
    }
  }
  return errors;
}

test('docs/exit-codes.md names every error under its exit code, and nothing else', async () => {
  const look = { verb: 'ls', debugging: false, style: { color: false, unicode: true }, interrupted: undefined };
  const ofOutside = [new TypeError('x'), Object.assign(new Error('x'), { code: 'ENOSPC' })];
  const failures = [...(await everyError()), ...ofOutside].map((error) => describeFailure(error, look));
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
