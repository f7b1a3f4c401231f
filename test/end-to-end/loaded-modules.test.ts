import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serverCertificate, startEngine } from '../engine/engine-fixture.ts';
import { addMachine, azureKeys, temporaryStore } from '../machine/store-fixture.ts';
import { loadedBy } from './loaded-by.ts';

const SOURCES = fileURLToPath(new URL('../../src/commands/main.ts', import.meta.url));
const BUNDLE = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** Packages that only commands which talk to Azure, to a host or to a CA may load. */
const HEAVY = ['/@azure/', '/ssh2/', '/node-forge/', '/dockerode/', '/docker-modem/', '/yaml/'];
/** A text that stands in the bundled code of each of them and nowhere else. */
const TRACES = ['x-ms-client-request-id', 'ssh-userauth', 'forge.pki', 'pipe/docker_engine'];

for (const verb of ['env', 'config', 'ip', 'url', 'status', 'inspect', 'version', 'active']) {
  test(`${verb} loads nothing of Azure, ssh2, node-forge, dockerode or yaml`, async (context) => {
    const store = temporaryStore(context);
    const engine = await startEngine(context, await serverCertificate());
    addMachine(store, 'dev', 'azure', azureKeys('127.0.0.1', engine.port));

    await assertLight(verb, store, `tcp://127.0.0.1:${engine.port}`);
  });

  test(`${verb} loads no more for a machine with a tunnel that is up`, async (context) => {
    const store = temporaryStore(context);
    addMachine(store, 'dev', 'azure', azureKeys('192.0.2.1', 2376));
    const directory = join(store, 'machines', 'dev');
    const sidecar = { version: 1, id: 'x', phase: 'ready', createdAt: '', journal: [], driver: { tunnel: true } };
    writeFileSync(join(directory, 'azdock.json'), JSON.stringify(sidecar));
    const socket = join(directory, 'docker.sock');
    const engine = createServer((request, response) => {
      response.end(request.url === '/_ping' ? 'OK' : '{"Version":"28.2.2"}');
    });
    engine.listen(socket);
    context.after(() => engine.close());
    await once(engine, 'listening');
    await assertLight(verb, store, `unix://${socket}`);
  });
}

/** Runs a verb about machine dev, by the sources and by the bundle, and looks at what was loaded. */
async function assertLight(verb: string, store: string, dockerHost: string): Promise<void> {
  const env = { DOCKER_HOST: dockerHost };
  const words = verb === 'active' ? [verb] : [verb, 'dev'];
  const sources = await loadedBy(SOURCES, words, store, env);
  assert.ok(
    sources.some((url) => url.endsWith(`/src/commands/${verb}.ts`)),
    'the list is that of this verb',
  );
  assert.deepEqual(
    sources.filter((url) => HEAVY.some((name) => url.includes(name))),
    [],
  );

  const chunks = (await loadedBy(BUNDLE, words, store, env)).filter((url) => url.includes('/dist/'));
  assert.ok(chunks.length > 1, 'the bundle has chunks');
  const texts = chunks.map((url) => readFileSync(new URL(url), 'utf8'));
  assert.deepEqual(
    TRACES.filter((trace) => texts.some((text) => text.includes(trace))),
    [],
  );
}

test('the traces by which heavy packages are found do stand in the bundle', async (context) => {
  const store = temporaryStore(context);
  const files = await loadedBy(BUNDLE, ['create', '--help'], store);
  const { globSync } = await import('node:fs');
  const dist = fileURLToPath(new URL('.', files.find((url) => url.includes('/dist/')) ?? ''));
  const all = globSync('*.js', { cwd: dist }).map((name) => readFileSync(join(dist, name), 'utf8'));
  assert.deepEqual(
    TRACES.filter((trace) => !all.some((text) => text.includes(trace))),
    [],
  );
});
