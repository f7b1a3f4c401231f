import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createClientCertificate } from '../../src/certs/create-certificates.ts';
import { type Dial, dialEngine } from '../../src/engine/dial.ts';
import { CertificateError } from '../../src/errors/certificate-error.ts';
import { type EngineFailure, EngineUnreachableError } from '../../src/errors/engine-unreachable-error.ts';
import { Secret } from '../../src/secret/secret.ts';
import {
  ca,
  client,
  credentialsOf,
  freePort,
  good,
  longAgo,
  now,
  otherCa,
  serverCertificate,
  startEngine,
  startTcp,
  tomorrow,
} from './engine-fixture.ts';

const dial = (port: number, more: Partial<Dial> = {}) =>
  dialEngine({ machine: 'dev', host: '127.0.0.1', port, ...good, timeoutMs: 5000, ...more });

async function failing(
  port: number,
  failure: EngineFailure,
  message: RegExp,
  more: Partial<Dial> = {},
): Promise<EngineUnreachableError> {
  const error = await dial(port, more).then(
    () => assert.fail('the engine was accepted'),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof EngineUnreachableError, String(error));
  assert.match(error.message, message);
  assert.equal(error.failure, failure);
  assert.ok(error.nextSteps.length > 0);
  return error;
}

const otherClient = await createClientCertificate({ user: 'tester', now, ca: otherCa });
const expiredClient = await createClientCertificate({ user: 'tester', now: longAgo, ca });

test('an engine that answers is reached, with the serial number of its certificate', async (t) => {
  const certificate = await serverCertificate();
  const { port, requests } = await startEngine(t, certificate);
  assert.deepEqual(await dial(port), { status: 200, serial: certificate.serial });
  assert.deepEqual(await dial(port, { host: 'localhost' }), { status: 200, serial: certificate.serial });
  assert.deepEqual(requests, ['GET /_ping', 'GET /_ping']);
});

test('an engine that is starting is reached, with its HTTP status', async (t) => {
  const { port } = await startEngine(t, await serverCertificate(), { status: 503 });
  assert.equal((await dial(port)).status, 503);
});

for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
  test(`a client certificate of another CA is refused (${version})`, async (t) => {
    const { port } = await startEngine(t, await serverCertificate(), { maxVersion: version });
    const more = credentialsOf(ca, otherClient);
    const failure = version === 'TLSv1.2' ? 'closed' : 'client-certificate';
    const error = await failing(port, failure, /hung up .*cert\.pem was not signed by your ca\.pem/, more);
    assert.equal(error.nextSteps[0]?.command, 'azdock regenerate-certs --repair dev');
  });

  test(`an expired client certificate is refused and named (${version})`, async (t) => {
    const { port } = await startEngine(t, await serverCertificate(), { maxVersion: version });
    const failure = version === 'TLSv1.2' ? 'closed' : 'client-certificate';
    await failing(
      port,
      failure,
      /client certificate \(cert\.pem\) expired on \d{4}-/,
      credentialsOf(ca, expiredClient),
    );
  });
}

test('a server certificate that has expired is named as such', async (t) => {
  const { port } = await startEngine(t, await serverCertificate({ now: longAgo }));
  const error = await failing(port, 'server-certificate', /its certificate has expired\.$/);
  assert.equal(error.nextSteps[0]?.command, 'azdock regenerate-certs dev');
});

test('a server certificate that is not valid yet points at the clock', async (t) => {
  const { port } = await startEngine(t, await serverCertificate({ now: tomorrow }));
  await failing(port, 'server-certificate', /not valid yet\. Is the clock of this computer right\?$/);
});

test('a server certificate of another CA is refused', async (t) => {
  const { port } = await startEngine(t, await serverCertificate({ ca: otherCa }));
  await failing(port, 'server-certificate', /signed by another CA than yours/);
});

test('a server certificate for another address is refused, and the addresses it is for are named', async (t) => {
  const { port } = await startEngine(t, await serverCertificate({ names: ['20.1.2.3', 'dev.example'] }));
  await failing(port, 'server-certificate', /its certificate is for 20\.1\.2\.3, dev\.example, not for this address/);
});

test('a port where nobody listens is refused', async (t) => {
  const error = await failing(
    await freePort(t),
    'refused',
    /dev does not answer at tcp:\/\/127\.0\.0\.1:\d+: connection refused\./,
  );
  assert.deepEqual(error.nextSteps, [{ label: 'See how it is', command: 'azdock status dev' }]);
});

test('a host that says nothing times out, before and after the certificates', async (t) => {
  const silent = await startTcp(t, () => {});
  await failing(silent, 'timeout', /no TLS handshake in time/, { timeoutMs: 50 });
});

test('a service without TLS is recognised', async (t) => {
  const ssh = await startTcp(t, (socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'));
  await failing(ssh, 'not-tls', /does not speak TLS/);
});

test('a host that hangs up at once is recognised', async (t) => {
  await failing(await startTcp(t, (socket) => socket.end()), 'closed', /hung up before it could be trusted/);
  await failing(
    await startTcp(t, (socket) => socket.resetAndDestroy()),
    'closed',
    /hung up before it could be trusted/,
  );
});

test('a name that DNS does not know is recognised', async () => {
  await failing(2376, 'unknown-host', /name .*(not known|looked up)/, { host: 'nowhere.invalid' });
});

test('certificates that cannot be used are named', async (t) => {
  const { port } = await startEngine(t, await serverCertificate());
  const key = new Secret(otherClient.key.reveal());
  await assert.rejects(dial(port, { key }), (error) => {
    assert.ok(error instanceof CertificateError);
    assert.match(error.message, /key\.pem is not the key of cert\.pem/);
    return true;
  });
  await assert.rejects(dial(port, { cert: 'nonsense' }), /cert\.pem does not hold a certificate/);
  await failing(port, 'server-certificate', /ca\.pem does not hold a certificate/, { ca: 'nonsense' });
});

test('an abort ends a dial with its own reason', async (t) => {
  const silent = await startTcp(t, () => {});
  const abort = new AbortController();
  const dialled = dial(silent, { signal: abort.signal });
  abort.abort(new Error('enough'));
  await assert.rejects(dialled, /enough/);
  await assert.rejects(dial(silent, { signal: abort.signal }), /enough/);
});

test('no error shows the key', async (t) => {
  const { inspect } = await import('node:util');
  const { port } = await startEngine(t, await serverCertificate({ ca: otherCa }));
  const error = await failing(port, 'server-certificate', /./, credentialsOf(ca, client));
  const seen = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true });
  assert.doesNotMatch(seen, /PRIVATE KEY/);
});
