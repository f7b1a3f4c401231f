import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../end-to-end/azdock.ts';
import { addMachine, temporaryStore } from './store-fixture.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

test('a dozen machines are removed by one command without a warning of the runtime', async (t) => {
  const store = temporaryStore(t);
  const names = Array.from({ length: 12 }, (_, index) => `m${index}`);
  for (const name of names) addMachine(store, name, 'none', { URL: 'tcp://127.0.0.1:2376' });
  const env = { MACHINE_STORAGE_PATH: store };
  const { code, stdout, stderr } = await runProgram(process.execPath, [PROGRAM, 'rm', '-y', ...names], { env });
  assert.equal(code, 0, stderr);
  assert.equal(stdout, names.map((name) => `Removed ${name}.\n`).join(''));
  assert.doesNotMatch(stderr, /Warning/);
  assert.deepEqual(readdirSync(join(store, 'machines')), []);
});
