import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { addMachine, temporaryStore } from '../machine/store-fixture.ts';
import { runProgram } from './azdock.ts';
import { loadedBy } from './loaded-by.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const SOURCES = fileURLToPath(new URL('../../src/commands/main.ts', import.meta.url));

function storeWithDev(context: TestContext): string {
  const store = temporaryStore(context);
  addMachine(store, 'dev', 'none', { URL: 'tcp://192.0.2.1:2376' });
  return store;
}

test('completion loads the class of the verb on the line and of no other', async (context) => {
  const store = storeWithDev(context);
  const loaded = await loadedBy(SOURCES, ['__complete', 'ip', ''], store);
  const classes = loaded.filter((url) => /\/src\/commands\/(?!main|table|complete)[\w/-]+\.ts$/.test(url));
  assert.deepEqual(
    classes.map((url) => url.replace(/^.*\/src\//, '')),
    ['commands/ip.ts'],
  );
  const heavy = ['/@azure/', '/ssh2/', '/node-forge/', '/dockerode/', '/yaml/', '/drivers/', '/certs/', '/engine/'];
  assert.deepEqual(
    loaded.filter((url) => heavy.some((name) => url.includes(name))),
    [],
  );
});

test('the bundle knows the summaries of verbs without loading them', async (context) => {
  const store = storeWithDev(context);
  const verbs = await loadedBy(PROGRAM, ['__complete', ''], store);
  const one = await loadedBy(PROGRAM, ['__complete', 'ip', ''], store);
  assert.ok(verbs.length < one.length, `${verbs.length} modules for all verbs, ${one.length} for one`);
});

test('docker’s question to its plugins is answered by one small module', async (context) => {
  const store = temporaryStore(context);
  const loaded = await loadedBy(PROGRAM, ['docker-cli-plugin-metadata'], store);
  assert.deepEqual(
    loaded.map((url) => url.replace(/^.*\//, '')).filter((name) => name.endsWith('.js')),
    ['run.js', 'plugin-metadata.js'],
  );
  const { stdout } = await runProgram(process.execPath, [PROGRAM, 'docker-cli-plugin-metadata']);
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const { SchemaVersion, Vendor, Version } = JSON.parse(stdout);
  assert.deepEqual({ SchemaVersion, Vendor, Version }, { SchemaVersion: '0.1.0', Vendor: 'azdock', Version: version });
});

test('completion never fails and never says anything but candidates', async (context) => {
  const store = storeWithDev(context);
  writeFileSync(join(store, 'machines', 'dev', 'azdock.json'), 'broken');
  for (const words of [
    [],
    ['ip', ''],
    ['-s', '/dev/null', 'ip', ''],
    ['--no-such', 'ip', ''],
    ['ls', '--filter', 'label='],
    ['nothing', ''],
  ]) {
    const { code, stdout, stderr } = await runProgram(process.execPath, [PROGRAM, '__complete', ...words], {
      env: { MACHINE_STORAGE_PATH: store },
    });
    assert.equal(code, 0, words.join(' '));
    assert.equal(stderr, '');
    assert.match(stdout, /^([^\n]*\n)*:\d+\n$/);
  }
});
