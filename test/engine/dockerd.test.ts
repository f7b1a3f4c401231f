import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { createClientCertificate } from '../../src/certs/create-certificates.ts';
import { connectEngine } from '../../src/engine/client.ts';
import { dialEngine } from '../../src/engine/dial.ts';
import { createVersionQuery } from '../../src/engine/version.ts';
import { needs } from '../skip.ts';
import { ca, credentialsOf, freePort, good, longAgo, now, otherCa, serverCertificate } from './engine-fixture.ts';

/** A real engine without network and containers, which listens with our certificates. */
async function startDockerd(t: TestContext, port: number): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'azdock-dockerd-'));
  const server = await serverCertificate();
  await writeFile(join(dir, 'ca.pem'), ca.cert);
  await writeFile(join(dir, 'server.pem'), server.cert);
  await writeFile(join(dir, 'server-key.pem'), server.key.reveal(), { mode: 0o600 });
  const options = {
    'data-root': join(dir, 'data'),
    'exec-root': join(dir, 'exec'),
    pidfile: join(dir, 'pid'),
    'config-file': join(dir, 'none.json'),
    host: `tcp://127.0.0.1:${port}`,
    tlscacert: join(dir, 'ca.pem'),
    tlscert: join(dir, 'server.pem'),
    tlskey: join(dir, 'server-key.pem'),
    bridge: 'none',
    iptables: 'false',
    ip6tables: 'false',
    'storage-driver': 'vfs',
  };
  await writeFile(options['config-file'], '{}');
  const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const daemon = spawn('dockerd', [...args, '--tlsverify'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const exited = once(daemon, 'exit');
  t.after(async () => {
    daemon.kill();
    await exited;
    await rm(dir, { recursive: true, force: true });
  });
  const log: string[] = [];
  for await (const line of createInterface(daemon.stderr)) {
    log.push(line);
    if (line.includes('API listen on')) {
      daemon.stderr.resume();
      return server.serial;
    }
  }
  throw new Error(`dockerd did not start:\n${log.join('\n')}`);
}

test(
  'a real engine is reached with our certificates, and its refusal of others is understood',
  needs('dockerd', { what: 'root on Linux', met: process.platform === 'linux' && process.getuid?.() === 0 }),
  async (t) => {
    const port = await freePort(t);
    const serial = await startDockerd(t, port);
    const target = { machine: 'dev', host: '127.0.0.1', port, timeoutMs: 10_000 };
    assert.deepEqual(await dialEngine({ ...target, ...good }), { status: 200, serial });
    const engine = connectEngine({ ...target, ...good });
    const { version } = await engine.version();
    assert.match(version, /^\d+\.\d+/);
    assert.equal(await createVersionQuery()({ ...target, credentials: () => good }), version);
    assert.equal((await engine.info()).storageDriver, 'vfs');
    const strangers = [
      {
        issuer: otherCa,
        from: now,
        why: /refuses your client certificate \(TLS alert .*was not signed by your ca\.pem/,
      },
      { issuer: ca, from: longAgo, why: /refuses your client certificate \(TLS alert .*expired on/ },
    ];
    for (const { issuer, from, why } of strangers) {
      const client = await createClientCertificate({ user: 'tester', now: from, ca: issuer });
      const refused = { name: 'EngineUnreachableError', message: why, failure: 'client-certificate' };
      await assert.rejects(dialEngine({ ...target, ...credentialsOf(ca, client) }), refused);
    }
  },
);
