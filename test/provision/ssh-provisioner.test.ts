import assert from 'node:assert/strict';
import { once } from 'node:events';
import { suite, type TestContext, test } from 'node:test';
import { inspect } from 'node:util';
import ssh2 from 'ssh2';
import { ProvisionError } from '../../src/errors/provision-error.ts';
import { SshError } from '../../src/errors/ssh-error.ts';
import { UsageError } from '../../src/errors/usage-error.ts';
import { readProvisionState } from '../../src/provision/provision-state.ts';
import { markerReader, provisionOverSsh } from '../../src/provision/ssh-provisioner.ts';
import { Secret } from '../../src/secret/secret.ts';
import { connectSsh } from '../../src/ssh/connect.ts';
import { generateSshKeyPair } from '../../src/ssh/keys.ts';
import { needs } from '../skip.ts';
import { prepareSshd } from '../ssh/sshd.ts';
import { certificates, provisioning } from './example.ts';
import { ScratchHost, scratchHostNeeds } from './scratch-host.ts';

const { signal } = new AbortController();

suite('over a real sshd', needs('sshd', 'ssh-keygen', ...scratchHostNeeds), () => {
  /** A scratch host with its own sshd, and a session on it. */
  async function prepare(t: TestContext) {
    const sshd = await prepareSshd(['ed25519']);
    const host = await ScratchHost.create();
    t.after(async () => {
      await sshd.close();
      await host.close();
    });
    await sshd.start(host.prefix);
    const session = await connectSsh({ ...sshd, hostKey: undefined, signal });
    t.after(() => session.close());
    const details: string[] = [];
    const step = { title() {}, detail: (text: string) => details.push(text) };
    return { host, session, details, step };
  }

  test('a host is provisioned, and the step is told what it is doing', async (t) => {
    const { host, session, details, step } = await prepare(t);
    assert.equal((await readProvisionState(session, signal)).state, 'none');
    await provisionOverSsh({ session, provisioning: provisioning({ port: host.port }), step, signal });
    assert.deepEqual(details, [
      'waiting for cloud-init',
      'configuring the engine',
      'restarting the engine',
      'engine ready',
    ]);
    assert.equal(await host.read('/etc/docker/key.pem'), certificates.key.reveal());
    const { state, doing } = await readProvisionState(session, signal);
    assert.deepEqual({ state, doing }, { state: 'ready', doing: 'engine ready' });
  });

  test('no process on the host has a secret in its arguments', async (t) => {
    const { host, session, step } = await prepare(t);
    const record = '#!/bin/sh\ncat /proc/[0-9]*/cmdline >>/arguments 2>/dev/null\necho $0 >>/arguments\n';
    await Promise.all(['docker', 'docker-compose', 'usermod'].map((name) => host.program(name, record)));
    const secrets = { login: 'hunter2-login', compose: 'hunter2-compose' };
    await provisionOverSsh({
      session,
      provisioning: provisioning(
        { port: host.port },
        {
          login: { server: undefined, username: 'me', password: new Secret(secrets.login) },
          compose: { document: { a: 1 }, environment: {}, secretEnvironment: new Secret({ P: secrets.compose }) },
        },
      ),
      step,
      signal,
    });
    const seen = await host.read('/arguments');
    assert.match(seen, /--password-stdin/, 'the record is of the right moment');
    assert.doesNotMatch(seen, /hunter2|PRIVATE KEY|AZDOCK_PEM/);
  });

  test('a failure carries its reason and the host’s last lines', async (t) => {
    const { host, session, step } = await prepare(t);
    await host.write('/broken', '');
    await host.program('journalctl', '#!/bin/sh\necho "dockerd: unknown flag: --colour"\n');
    const running = provisionOverSsh({ session, provisioning: provisioning({ port: host.port }), step, signal });
    await assert.rejects(running, (error) => {
      assert.ok(error instanceof ProvisionError);
      assert.equal(error.message, 'Docker could not be set up on 127.0.0.1: the engine does not start.');
      assert.ok(error.details.includes('dockerd: unknown flag: --colour'));
      assert.doesNotMatch(inspect(error, { depth: 9 }), /PRIVATE KEY/);
      return true;
    });
    const { state, doing, lastLines } = await readProvisionState(session, signal);
    assert.deepEqual({ state, doing }, { state: 'failed', doing: 'failed: the engine does not start' });
    assert.ok(lastLines.includes('dockerd: unknown flag: --colour'));
  });

  test('an invalid configuration never reaches the host', async (t) => {
    const { host, session, step } = await prepare(t);
    const wrong = provisioning({ port: host.port, options: ['host=tcp://0.0.0.0:2375'] });
    await assert.rejects(provisionOverSsh({ session, provisioning: wrong, step, signal }), UsageError);
    assert.deepEqual(await host.calls(), []);
  });
});

test('a user who may not use sudo without a password is told', async (t) => {
  const [hostKey, client] = await Promise.all([generateSshKeyPair(), generateSshKeyPair()]);
  let command = '';
  const server = new ssh2.Server({ hostKeys: [hostKey.privateKey.reveal()] }, (connection) => {
    connection.on('authentication', (context) => context.accept());
    connection.on('error', () => {});
    connection.on('session', (accept) => {
      accept().on('exec', (acceptExec, _reject, info) => {
        command = info.command;
        const channel = acceptExec();
        channel.stderr.write('sudo: a password is required\n');
        channel.exit(1);
        channel.end();
      });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(address !== null && typeof address === 'object');
  const { port } = address;
  const connection = {
    host: '127.0.0.1',
    port,
    user: 'docker-user',
    privateKey: client.privateKey,
    hostKey: undefined,
    signal,
  };
  const session = await connectSsh(connection);
  t.after(() => {
    session.close();
    server.close();
  });
  const step = { title() {}, detail() {} };
  await assert.rejects(provisionOverSsh({ session, provisioning: provisioning(), step, signal }), (error) => {
    assert.ok(error instanceof ProvisionError);
    assert.match(error.message, /docker-user may not use sudo without a password \(a password is required\)/);
    return true;
  });
  assert.equal(command, 'sudo -n sh -s');
  await assert.rejects(readProvisionState(session, signal), (error) => {
    assert.ok(error instanceof SshError);
    assert.match(error.message, /docker-user cannot read .*provision\.state.*: sudo: a password is required$/);
    return true;
  });
});

test('markers are found however the output is cut, and other lines are left out', () => {
  const heard: string[] = [];
  const read = markerReader((what) => heard.push(what));
  for (const part of ['azd', 'ock: one\nother line\nazdock: t', 'wo\n', 'azdock: not yet whole']) read(part, 'stdout');
  read('azdock: on the wrong stream\n', 'stderr');
  assert.deepEqual(heard, ['one', 'two']);
});
