import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { HostKeyChangedError } from '../../src/errors/host-key-changed-error.ts';
import { SshError, type SshFailure } from '../../src/errors/ssh-error.ts';
import { Secret } from '../../src/secret/secret.ts';
import { connectSsh } from '../../src/ssh/connect.ts';
import { fingerprint } from '../../src/ssh/fingerprint.ts';
import { scanHostKey } from '../../src/ssh/host-key.ts';
import { generateSshKeyPair } from '../../src/ssh/keys.ts';
import { needs } from '../skip.ts';
import { freePort, prepareSshd, type TestSshd } from './sshd.ts';

const { signal } = new AbortController();
const isFailure = (failure: SshFailure, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof SshError);
  assert.equal(error.failure, failure);
  assert.match(error.message, message);
  return true;
};

suite('connecting to a real sshd', needs('sshd', 'ssh-keygen'), () => {
  let sshd: TestSshd;
  before(async () => {
    sshd = await prepareSshd();
    await sshd.start();
  });
  after(() => sshd.close());

  for (const type of ['ed25519', 'ecdsa', 'rsa'] as const) {
    test(`a pinned ${type} key is asked for and found, whatever others the host has`, async () => {
      const hostKey = await sshd.hostKey(type);
      const session = await connectSsh({ ...sshd, hostKey, signal });
      assert.equal(session.hostKey, hostKey);
      session.close();
    });
  }

  test('a scan gives the ed25519 key without a login', async () => {
    assert.equal(await scanHostKey({ host: sshd.host, port: sshd.port, signal }), await sshd.hostKey('ed25519'));
  });

  test('another key than the pinned one ends everything, with both fingerprints', async () => {
    const other = await prepareSshd(['ed25519']);
    const hostKey = await other.hostKey('ed25519');
    await other.close();
    const shown = await sshd.hostKey('ed25519');
    await assert.rejects(connectSsh({ ...sshd, hostKey, machine: 'dev', signal }), (error) => {
      assert.ok(error instanceof HostKeyChangedError);
      assert.match(error.message, /^dev answers with another SSH host key/);
      const details = error.details.join('\n');
      assert.ok(details.includes(fingerprint(hostKey)) && details.includes(fingerprint(shown)));
      assert.deepEqual(
        error.nextSteps.map((step) => step.command),
        ['azdock rm dev'],
      );
      return true;
    });
  });

  test('a pinned type that the host no longer has is a changed key, too', async () => {
    const rsaOnly = await prepareSshd(['rsa']);
    await rsaOnly.start();
    const connecting = connectSsh({ ...rsaOnly, hostKey: await sshd.hostKey('ed25519'), signal });
    await assert.rejects(connecting, HostKeyChangedError).finally(() => rsaOnly.close());
  });

  test('a key that the host does not know is a refused login', async () => {
    const { privateKey } = await generateSshKeyPair();
    const connecting = connectSsh({ ...sshd, privateKey, hostKey: undefined, signal });
    await assert.rejects(connecting, isFailure('authentication', /does not let .+ in .+: permission denied/));
  });

  test('a private key that is none is told at once', async () => {
    const connecting = connectSsh({ ...sshd, privateKey: new Secret('not a key'), hostKey: undefined, signal });
    await assert.rejects(connecting, isFailure('key', /cannot be used/));
  });

  test('a private key with a passphrase is told as such', async () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' },
    });
    const connecting = connectSsh({ ...sshd, privateKey: new Secret(privateKey), hostKey: undefined, signal });
    await assert.rejects(connecting, isFailure('key', /passphrase/));
  });
});

suite('connecting to what is no SSH server', () => {
  const unused = { user: 'nobody', hostKey: undefined, signal };

  test('a closed port is a refused connection', async () => {
    const { privateKey } = await generateSshKeyPair();
    const port = await freePort();
    await assert.rejects(
      connectSsh({ ...unused, privateKey, host: '127.0.0.1', port }),
      isFailure('refused', /connection refused/),
    );
    await assert.rejects(scanHostKey({ host: '127.0.0.1', port, signal }), isFailure('refused', /connection refused/));
  });

  test('a port that accepts and says nothing runs into the timeout', async (t) => {
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const { privateKey } = await generateSshKeyPair();
    const connection = { ...unused, privateKey, host: '127.0.0.1', port: address.port, timeoutMs: 50 };
    await assert.rejects(connectSsh(connection), isFailure('timeout', /does not answer/));
  });

  test('a port that hangs up is a closed connection', async (t) => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const { privateKey } = await generateSshKeyPair();
    const connection = { ...unused, privateKey, host: '127.0.0.1', port: address.port };
    await assert.rejects(connectSsh(connection), isFailure('closed', /was lost/));
  });

  test('an abort ends a connection that is being made', async (t) => {
    const server = createServer(() => abort.abort(reason)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const abort = new AbortController();
    const reason = new Error('interrupted');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const { privateKey } = await generateSshKeyPair();
    const connection = { ...unused, privateKey, host: '127.0.0.1', port: address.port, signal: abort.signal };
    await assert.rejects(connectSsh(connection), reason);
  });
});
