import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createVersionQuery } from '../../src/engine/version.ts';
import { EngineUnreachableError } from '../../src/errors/engine-unreachable-error.ts';
import { freePort, good, serverCertificate, startEngine, startTcp } from './engine-fixture.ts';

const target = { machine: 'dev', host: '127.0.0.1', timeoutMs: 5000 };

test('an engine tells its version', async (t) => {
  const { port, requests } = await startEngine(t, await serverCertificate());
  assert.equal(await createVersionQuery()({ ...target, port, credentials: () => good }), '28.2.2');
  assert.deepEqual(requests, ['GET /version']);
});

test('two hundred engines are asked at once, each its own', async (t) => {
  const { port, requests } = await startEngine(t, await serverCertificate());
  const query = createVersionQuery();
  const versions = await Promise.all(
    Array.from({ length: 200 }, () => query({ ...target, port, credentials: () => good })),
  );
  assert.deepEqual(new Set(versions), new Set(['28.2.2']));
  assert.equal(requests.length, 200);
});

test('the files of machines that are off are not read', async (t) => {
  const port = await freePort(t);
  let reads = 0;
  const query = createVersionQuery();
  const credentials = () => {
    reads += 1;
    return good;
  };
  const results = await Promise.allSettled(Array.from({ length: 50 }, () => query({ ...target, port, credentials })));
  assert.ok(results.every((result) => result.status === 'rejected' && result.reason instanceof EngineUnreachableError));
  assert.equal(reads, 0);
});

test('credentials that cannot be had end the query with their own error', async (t) => {
  const port = await startTcp(t, () => {});
  const { CertificateError } = await import('../../src/errors/certificate-error.ts');
  const credentials = () => {
    throw new CertificateError('ca.pem is missing');
  };
  await assert.rejects(createVersionQuery()({ ...target, port, credentials }), CertificateError);
});

test('what answers without a version is no engine', async (t) => {
  const query = createVersionQuery();
  const { port } = await startEngine(t, await serverCertificate(), { version: undefined });
  await assert.rejects(query({ ...target, port, credentials: () => good }), { failure: 'not-docker' });
  const web = await startTcp(t, (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n'));
  await assert.rejects(query({ ...target, port: web, credentials: () => good }), { failure: 'not-tls' });
});

test('an engine that does not answer in time is given up', async (t) => {
  const silent = await startTcp(t, () => {});
  const asked = createVersionQuery()({ ...target, port: silent, credentials: () => good, timeoutMs: 50 });
  await assert.rejects(asked, { failure: 'timeout' });
});
