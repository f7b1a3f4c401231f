import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { NotRunningError } from '../../src/errors/not-running-error.ts';
import { TimeoutError } from '../../src/errors/timeout-error.ts';
import { activeMachine } from '../../src/machine/active.ts';
import { freePort, startTcp } from '../engine/engine-fixture.ts';
import { testContext } from './context-fixture.ts';
import { addMachine, azureKeys, temporaryStore } from './store-fixture.ts';

const ask = (root: string, dockerHost: string | undefined, timeoutMs = 10_000) =>
  activeMachine({ dockerHost, timeoutMs }, testContext(root));

test('the active machine is the one whose URL DOCKER_HOST is, and no other is asked', async (t) => {
  const root = temporaryStore(t);
  let asked = 0;
  const port = await startTcp(t, () => {});
  const other = await startTcp(t, () => {
    asked += 1;
  });
  addMachine(root, 'other', 'azure', azureKeys('127.0.0.1', other));
  addMachine(root, 'dev', 'azure', azureKeys('127.0.0.1', port));
  assert.equal(await ask(root, `tcp://127.0.0.1:${port}`), 'dev');
  assert.equal(asked, 0);
});

test('of several machines with the same URL the first in natural order counts', async (t) => {
  const root = temporaryStore(t);
  const port = await startTcp(t, () => {});
  for (const name of ['m10', 'm2']) addMachine(root, name, 'azure', azureKeys('127.0.0.1', port));
  assert.equal(await ask(root, `tcp://127.0.0.1:${port}`), 'm2');
});

test('without DOCKER_HOST, or with one that is no machine’s, there is no active host', async (t) => {
  const root = temporaryStore(t);
  addMachine(root, 'dev', 'azure', azureKeys('127.0.0.1', 2376));
  for (const dockerHost of [undefined, '', 'unix:///var/run/docker.sock', 'tcp://127.0.0.1:2377'])
    await assert.rejects(ask(root, dockerHost), { message: 'No active host found' });
});

test('a machine that does not run is not active, and is named', async (t) => {
  const root = temporaryStore(t);
  const port = await freePort(t);
  // A machine of the classic deployment model cannot be asked of Azure either.
  addMachine(root, 'dev', 'azure', { ...azureKeys('127.0.0.1', port), ResourceGroup: '' });
  await assert.rejects(ask(root, `tcp://127.0.0.1:${port}`), (error: unknown) => {
    assert.ok(error instanceof NotRunningError);
    assert.equal(error.message, 'No active host found');
    assert.match(error.details.join(), /URL of dev, which does not answer/);
    return true;
  });
});

test('a record that cannot be read is nobody’s active machine and keeps no other from being it', async (t) => {
  const root = temporaryStore(t);
  const port = await startTcp(t, () => {});
  mkdirSync(join(root, 'machines', 'broken'), { recursive: true });
  writeFileSync(join(root, 'machines', 'broken', 'config.json'), '{');
  addMachine(root, 'dev', 'azure', azureKeys('127.0.0.1', port));
  assert.equal(await ask(root, `tcp://127.0.0.1:${port}`), 'dev');
});

test('a URL that is all there is of a machine is active, as it always runs', async (t) => {
  const root = temporaryStore(t);
  addMachine(root, 'url', 'none', { URL: 'tcp://192.0.2.1:2376', IPAddress: '192.0.2.1:2376' });
  assert.equal(await ask(root, 'tcp://192.0.2.1:2376'), 'url');
});

test('finding out ends after the time that was given', async (t) => {
  const root = temporaryStore(t);
  const port = await freePort(t);
  addMachine(root, 'dev', 'azure', { ...azureKeys('127.0.0.1', port), Environment: 'sandbox' });
  const never = testContext(root, {
    environment: { AZDOCK_SANDBOX_DIR: join(root, 'nowhere') },
    startSandbox: () => new Promise(() => {}),
  });
  const asking = activeMachine({ dockerHost: `tcp://127.0.0.1:${port}`, timeoutMs: 100 }, never);
  await assert.rejects(asking, (error: unknown) => {
    assert.ok(error instanceof TimeoutError);
    assert.equal(error.message, 'Error getting active host: timeout');
    return true;
  });
});
