import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { promisify } from 'node:util';
import { createCa, createClientCertificate, createServerCertificate } from '../../src/certs/create-certificates.ts';
import type { CertificateWithKey } from '../../src/certs/sign-certificate.ts';
import { ca, longAgo, now, otherCa, startEngine } from '../engine/engine-fixture.ts';
import { needs } from '../skip.ts';

const run = promisify(execFile);

/** Asks for the engine's version with Docker's own client, which is written in Go and has Go's TLS. */
async function dockerVersion(
  t: TestContext,
  port: number,
  trusted: { cert: string },
  client: CertificateWithKey,
): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'azdock-docker-'));
  t.after(() => rm(dir, { recursive: true }));
  await writeFile(join(dir, 'ca.pem'), trusted.cert);
  await writeFile(join(dir, 'cert.pem'), client.cert);
  await writeFile(join(dir, 'key.pem'), client.key.reveal());
  const env = {
    ...process.env,
    HOME: dir,
    DOCKER_CONFIG: dir,
    DOCKER_TLS_VERIFY: '1',
    DOCKER_CERT_PATH: dir,
    DOCKER_HOST: `tcp://127.0.0.1:${port}`,
  };
  const { stdout } = await run('docker', ['version', '--format', '{{.Server.Version}}'], { env });
  return stdout.trim();
}

const server = (more: Partial<Parameters<typeof createServerCertificate>[0]> = {}) =>
  createServerCertificate({ user: 'tester', name: 'dev', names: ['127.0.0.1'], now, ca, ...more });

test('the docker CLI accepts our certificates, and is accepted with them', needs('docker'), async (t) => {
  const client = await createClientCertificate({ user: 'tester', now, ca });
  const { port } = await startEngine(t, await server());
  assert.equal(await dockerVersion(t, port, ca, client), '28.2.2');
});

test('the docker CLI accepts certificates for a user whose name is not ASCII', needs('docker'), async (t) => {
  const authority = await createCa({ user: 'jürgen', now });
  const client = await createClientCertificate({ user: 'jürgen', now, ca: authority });
  const { port } = await startEngine(t, await server({ user: 'jürgen', ca: authority }), { ca: authority.cert });
  assert.equal(await dockerVersion(t, port, authority, client), '28.2.2');
});

test('the docker CLI refuses engines that are not ours, too old, or elsewhere', needs('docker'), async (t) => {
  const client = await createClientCertificate({ user: 'tester', now, ca });
  const wrong = [
    { certificate: await server({ ca: otherCa }), why: /certificate signed by unknown authority/ },
    { certificate: await server({ now: longAgo }), why: /certificate has expired/ },
    {
      certificate: await server({ names: ['20.1.2.3'] }),
      why: /certificate is valid for 20\.1\.2\.3, not 127\.0\.0\.1/,
    },
  ];
  for (const { certificate, why } of wrong) {
    const { port } = await startEngine(t, certificate);
    await assert.rejects(dockerVersion(t, port, ca, client), why);
  }
});

test('an engine refuses a docker CLI whose certificate is of another CA or expired', needs('docker'), async (t) => {
  const { port, requests } = await startEngine(t, await server());
  for (const client of [
    await createClientCertificate({ user: 'tester', now, ca: otherCa }),
    await createClientCertificate({ user: 'tester', now: longAgo, ca }),
  ]) {
    await assert.rejects(dockerVersion(t, port, ca, client));
  }
  assert.deepEqual(requests, []);
});
