import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../end-to-end/azdock.ts';
import { addMachine, temporaryStore } from './store-fixture.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

test('a protected machine is not removed until that is lifted, and the others beside it are', async (t) => {
  const store = temporaryStore(t);
  for (const name of ['one', 'two']) addMachine(store, name, 'none', { URL: 'tcp://127.0.0.1:2376' });
  const run = (...words: string[]) =>
    runProgram(process.execPath, [PROGRAM, ...words], { env: { MACHINE_STORAGE_PATH: store } });
  const isThere = (name: string) => existsSync(join(store, 'machines', name));

  assert.equal((await run('protect', 'one')).stdout, 'one is protected: rm refuses it.\n');
  for (const how of ['-y', '-f']) {
    const { code, stderr } = await run('rm', how, 'one');
    assert.equal(code, 10);
    assert.match(stderr, /one is protected against removal\.\n.*azdock unprotect one/);
    assert.ok(isThere('one'));
  }
  const both = await run('rm', '-f', 'one', 'two');
  assert.equal(both.code, 10);
  assert.equal(both.stdout, 'Removed two.\n');
  assert.ok(!isThere('two'));
  assert.equal((await run('unprotect', 'one')).stdout, 'one can be removed.\n');
  assert.equal((await run('rm', '-y', 'one')).code, 0);
  assert.ok(!isThere('one'));
  assert.equal((await run('protect', 'one')).code, 4);
});
