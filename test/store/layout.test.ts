import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { MachineNotFoundError } from '../../src/errors/machine-not-found-error.ts';
import { UsageError } from '../../src/errors/usage-error.ts';
import { machinePaths, requireNewName } from '../../src/store/layout.ts';
import { inNaturalOrder, machineNamesSync } from '../../src/store/names.ts';
import { temporaryRoot } from './store-fixture.ts';

test('names that docker-machine takes are taken', () => {
  for (const name of ['a', '0', 'dev', 'M1', 'runner-abcd1234-auto-scale-1700000000-1a2b3c4d', 'a.b-c', 'x'.repeat(63)])
    requireNewName(name);
});

test('other names are refused with the rule', () => {
  for (const name of ['', '-a', '.a', 'a_b', 'a b', 'a/b', '..', 'ä', 'a\n', 'x'.repeat(64)])
    assert.throws(
      () => requireNewName(name),
      (error) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, /^".*" cannot be a machine name: letters, digits, '-' and '\.'/);
        return true;
      },
    );
});

test('no name leads out of the store, while any visible directory can be a machine', () => {
  for (const name of ['', '.', '..', '../certs', 'a/../..', 'a/b', 'a\\b', '.hidden', 'a\0b'])
    assert.throws(() => machinePaths('/store', name), MachineNotFoundError);
  assert.equal(machinePaths('/store', 'old_name').record, join('/store', 'machines', 'old_name', 'config.json'));
});

test('machines are directories whose names do not start with a dot, in byte order', async (t) => {
  const root = await temporaryRoot(t);
  assert.deepEqual(machineNamesSync(root), []);
  for (const name of ['m10', 'b', 'm2', 'M20', 'm1', '.locks'])
    await mkdir(join(root, 'machines', name), { recursive: true });
  await writeFile(join(root, 'machines', 'file'), '');
  await symlink('b', join(root, 'machines', 'link'));
  assert.deepEqual(machineNamesSync(root), ['M20', 'b', 'm1', 'm10', 'm2']);
});

test('tables are sorted naturally: case ignored, numbers by value, digits before letters', () => {
  assert.deepEqual(inNaturalOrder(['M20', 'b', 'm1', 'm10', 'm2']), ['b', 'm1', 'm2', 'm10', 'M20']);
  assert.deepEqual(inNaturalOrder(['ab', 'a', 'a1b', 'a1', '9', '10', 'a01']), [
    '9',
    '10',
    'a',
    'a01',
    'a1',
    'a1b',
    'ab',
  ]);
  const long = ['x99999999999999999999', 'x100000000000000000000'];
  assert.deepEqual(inNaturalOrder([...long].reverse()), long);
});
