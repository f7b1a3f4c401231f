import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { connectEngine } from '../../src/engine/client.ts';
import { createVersionQuery } from '../../src/engine/version.ts';
import { EngineUnreachableError } from '../../src/errors/engine-unreachable-error.ts';
import {
  ca,
  credentialsOf,
  freePort,
  good,
  otherCa,
  serverCertificate,
  startEngine,
  startTcp,
  startTls,
} from './engine-fixture.ts';

const target = { machine: 'dev', host: '127.0.0.1', timeoutMs: 5000, ...good };

test('an engine answers ping, version and info', async (t) => {
  const { port, requests } = await startEngine(t, await serverCertificate());
  const engine = connectEngine({ ...target, port });
  await engine.ping();
  assert.deepEqual(await engine.version(), {
    version: '28.2.2',
    apiVersion: '1.50',
    operatingSystem: 'linux',
    architecture: 'amd64',
  });
  assert.deepEqual(await engine.info(), {
    name: 'dev',
    storageDriver: 'overlay2',
    containersRunning: 2,
    labels: ['provider=azure'],
  });
  assert.deepEqual(requests, ['GET /_ping', 'GET /version', 'GET /info']);
});

test('the engine is verified and must be of our CA', async (t) => {
  const { port } = await startEngine(t, await serverCertificate({ ca: otherCa }));
  await assert.rejects(connectEngine({ ...target, port }).ping(), { failure: 'server-certificate' });
});

test('failures are explained', async (t) => {
  await assert.rejects(connectEngine({ ...target, port: await freePort(t) }).version(), { failure: 'refused' });
  const silent = await startTcp(t, () => {});
  await assert.rejects(connectEngine({ ...target, port: silent, timeoutMs: 50 }).version(), { failure: 'timeout' });
  const { port } = await startEngine(t, await serverCertificate());
  const { createClientCertificate } = await import('../../src/certs/create-certificates.ts');
  const stranger = await createClientCertificate({ user: 'tester', now: new Date(), ca: otherCa });
  const client = connectEngine({ ...target, port, ...credentialsOf(ca, stranger) });
  await assert.rejects(client.version(), /cert\.pem was not signed by your ca\.pem/);
});

for (const to of ['http://127.0.0.1:PORT/', '//127.0.0.1:PORT/', 'ftp://127.0.0.1:PORT/', 'http://127.0.0.1:1/'])
  test(`an engine that redirects to ${to} is not followed`, async (t) => {
    let calls = 0;
    const elsewhere = await startTcp(t, (socket) => {
      calls += 1;
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
    });
    const location = to.replace('PORT', `${elsewhere}`);
    const port = await startTls(t, await serverCertificate(), (socket) => {
      socket.end(`HTTP/1.1 301 Moved\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`);
    });
    const engine = connectEngine({ ...target, port });
    await assert.rejects(
      engine.info(),
      /^EngineUnreachableError: The engine of dev refuses a request: \(HTTP code 301\)/,
    );
    assert.equal(calls, 0);
  });

test('an error answer of which no sentence can be made is a failure like others', async (t) => {
  const port = await startTls(t, await serverCertificate(), (socket) => {
    socket.end('HTTP/1.1 500 x\r\nConnection: close\r\n\r\n{"message":{"toString":1,"valueOf":2}}');
  });
  await assert.rejects(connectEngine({ ...target, port }).info(), EngineUnreachableError);
});

test('an error answer of the engine says what the engine says', async (t) => {
  const { port } = await startEngine(t, await serverCertificate());
  const asked = connectEngine({ ...target, port }).request((docker) => docker.getContainer('gone').inspect());
  await assert.rejects(asked, (error) => {
    assert.ok(error instanceof EngineUnreachableError);
    assert.match(error.message, /The engine of dev refuses a request: .*404.*page not found/);
    return true;
  });
});

test('an abort ends a request with its own reason', async (t) => {
  const silent = await startTcp(t, () => {});
  const abort = new AbortController();
  const asked = connectEngine({ ...target, port: silent }).version(abort.signal);
  abort.abort(new Error('enough'));
  await assert.rejects(asked, /enough/);
});

test('neither DOCKER_HOST nor debug output of libraries matters: no key is shown, and stale variables are ignored', async (t) => {
  const { port } = await startEngine(t, await serverCertificate());
  const program = fileURLToPath(new URL('client-program.ts', import.meta.url));
  const { ca: caPem, cert, key } = good;
  const child = promisify(execFile)(process.execPath, [program], {
    env: {
      ...process.env,
      DEBUG: '*',
      NODE_DEBUG: 'http,https,tls,net',
      DOCKER_HOST: 'tcp://192.0.2.1:2376',
      DOCKER_CERT_PATH: '/nowhere',
      TEST_PORT: String(port),
      TEST_CA: caPem,
      TEST_CERT: cert,
      TEST_KEY: key.reveal(),
    },
    maxBuffer: 64 * 1024 * 1024,
  });
  const { stdout, stderr } = await child;
  assert.equal(stdout, '28.2.2 tcp://192.0.2.1:2376\n');
  assert.match(stderr, /modem/, 'docker-modem wrote its debug output');
  const body = key.reveal().split('\n').slice(1, 3).join('\n');
  assert.ok(!stderr.includes('PRIVATE KEY') && !stderr.includes(body.slice(0, 60)));
});

test('an answer that begins and does not go on is given up in time', async (t) => {
  const port = await startTls(t, await serverCertificate(), (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{');
  });
  await assert.rejects(connectEngine({ ...target, port, timeoutMs: 200 }).version(), { failure: 'timeout' });
});

test('an answer without an end is not read', async (t) => {
  const port = await startTls(t, await serverCertificate(), (socket) => {
    const pour = () => {
      while (!socket.destroyed && socket.write(' '.repeat(65_536)));
      if (!socket.destroyed) socket.once('drain', pour);
    };
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    pour();
  });
  const endless = { failure: 'not-docker' };
  await assert.rejects(connectEngine({ ...target, port }).version(), endless);
  await assert.rejects(createVersionQuery()({ ...target, port, credentials: () => good }), endless);
});
