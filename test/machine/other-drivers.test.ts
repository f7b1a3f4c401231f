import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AlreadyRunningError } from '../../src/errors/already-running-error.ts';
import type { Outcome } from '../../src/machine/act-on-all.ts';
import { provisionMachines } from '../../src/machine/provision.ts';
import { restartMachines } from '../../src/machine/restart.ts';
import { startMachines } from '../../src/machine/start.ts';
import { stopMachines } from '../../src/machine/stop.ts';
import { upgradeMachines } from '../../src/machine/upgrade.ts';
import { freePort, startTcp } from '../engine/engine-fixture.ts';
import { testContext } from './context-fixture.ts';
import { addMachine, temporaryStore } from './store-fixture.ts';

async function failure(outcome: Promise<Outcome<unknown>>): Promise<Error> {
  const { done, failures } = await outcome;
  assert.deepEqual(done, []);
  const [error] = failures;
  assert.ok(failures.length === 1 && error instanceof Error);
  return error;
}

test('a machine that is nothing but a URL always runs and cannot be stopped, in docker-machine’s words', async (t) => {
  const root = temporaryStore(t);
  const context = testContext(root);
  addMachine(root, 'url', 'none', { URL: 'tcp://127.0.0.1:1', IPAddress: '127.0.0.1:1', MachineName: 'url' });
  const stop = (force: boolean) => failure(stopMachines({ names: ['url'], deallocate: true, force }, context));
  const started = await failure(startMachines(['url'], context));
  assert.ok(started instanceof AlreadyRunningError);
  assert.equal(started.message, 'Machine "url" is already running.');
  assert.match((await stop(false)).message, /^hosts without a driver cannot be stopped/);
  assert.match((await stop(true)).message, /^hosts without a driver cannot be killed/);
  assert.match(
    (await failure(restartMachines(['url'], context))).message,
    /^hosts without a driver cannot be restarted/,
  );
  for (const act of [provisionMachines, upgradeMachines])
    assert.match((await failure(act(['url'], context))).message, /^url is a URL without a host/);
});

test('a generic machine is neither started nor stopped, in docker-machine’s words', async (t) => {
  const root = temporaryStore(t);
  const context = testContext(root);
  const on = await startTcp(t, () => {});
  const off = await freePort(t);
  for (const [name, port] of [
    ['on', on],
    ['off', off],
  ] as const)
    addMachine(root, name, 'generic', { IPAddress: '127.0.0.1', SSHPort: port, SSHUser: 'root', MachineName: name });
  const stop = (name: string, force: boolean) =>
    failure(stopMachines({ names: [name], deallocate: true, force }, context));
  assert.match((await stop('on', false)).message, /^generic driver does not support stop/);
  assert.match((await stop('on', true)).message, /^generic driver does not support kill/);
  assert.equal((await stop('off', false)).message, 'Machine "off" is already stopped.');
  assert.equal((await failure(startMachines(['on'], context))).message, 'Machine "on" is already running.');
  for (const act of [startMachines, restartMachines, upgradeMachines])
    assert.match((await failure(act(['off'], context))).message, /^generic driver does not support start/);
  assert.match((await failure(provisionMachines(['off'], context))).message, /^off is not running/);
});
