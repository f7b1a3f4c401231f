import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { EngineUnreachableError } from '../../src/errors/engine-unreachable-error.ts';
import { MachineNotFoundError } from '../../src/errors/machine-not-found-error.ts';
import { engineVersionOf } from '../../src/machine/engine-version.ts';
import { ca, freePort, serverCertificate } from '../engine/engine-fixture.ts';
import { testContext } from './context-fixture.ts';
import { addMachine, azureKeys, temporaryStore } from './store-fixture.ts';

test('an engine that refuses every old version of the API tells its own version', async (t) => {
  const { cert, key } = await serverCertificate();
  const trust = { ca: ca.cert, requestCert: true, rejectUnauthorized: true };
  const server = createServer({ cert, key: key.reveal(), ...trust }, ({ url = '' }, response) => {
    response.statusCode = url === '/version' ? 200 : 400;
    response.end(JSON.stringify(url === '/version' ? { Version: '99.0.1' } : { message: 'client version is too old' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => void server.close());
  const root = temporaryStore(t);
  addMachine(root, 'dev', 'azure', azureKeys('127.0.0.1', (server.address() as AddressInfo).port));
  assert.equal(await engineVersionOf('dev', testContext(root)), '99.0.1');
});

test('an engine that cannot be asked is told with the reason, and a machine that is not there by its name', async (t) => {
  const root = temporaryStore(t);
  addMachine(root, 'dev', 'none', { URL: `tcp://127.0.0.1:${await freePort(t)}` });
  const refused = (error: unknown) => error instanceof EngineUnreachableError && error.failure === 'refused';
  await assert.rejects(engineVersionOf('dev', testContext(root)), refused);
  await assert.rejects(engineVersionOf('nobody', testContext(root)), MachineNotFoundError);
});
