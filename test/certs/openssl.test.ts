import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { createCa, createClientCertificate, createServerCertificate } from '../../src/certs/create-certificates.ts';
import { needs } from '../skip.ts';

const run = promisify(execFile);
const now = new Date();
const user = 'tester';

async function makeFiles(dir: string): Promise<void> {
  const ca = await createCa({ user, now });
  const client = await createClientCertificate({ user, now, ca });
  const server = await createServerCertificate({ user, name: 'dev', names: ['20.1.2.3', 'localhost'], now, ca });
  const master = await createServerCertificate({
    user,
    name: 'dev',
    names: ['20.1.2.3'],
    now,
    ca,
    isSwarmMaster: true,
  });
  for (const [name, { cert }] of Object.entries({ ca, client, server, master }))
    await writeFile(join(dir, `${name}.pem`), cert);
}

/** The extensions of a certificate as OpenSSL prints them, by name; `!` marks critical ones. */
async function extensionsOf(file: string): Promise<Record<string, string>> {
  const { stdout } = await run('openssl', ['x509', '-in', file, '-noout', '-text']);
  const found = stdout.matchAll(/X509v3 (?!extensions)([\w ]+): ?(critical)?\s*\n\s+(.*)/g);
  return Object.fromEntries(
    [...found].map(([, name, critical, value]) => [`${name}${critical ? '!' : ''}`, value ?? '']),
  );
}

test(
  'OpenSSL finds what docker-machine puts into certificates, and trusts them by its strict rules',
  needs('openssl'),
  async (t) => {
    const dir = await mkdtemp(join(tmpdir(), 'azdock-certs-'));
    t.after(() => rm(dir, { recursive: true }));
    await makeFiles(dir);
    const file = (name: string) => join(dir, `${name}.pem`);

    const verify = ['verify', '-x509_strict', '-check_ss_sig', '-CAfile', file('ca')];
    await run('openssl', [...verify, '-purpose', 'sslclient', file('client')]);
    await run('openssl', [...verify, '-purpose', 'sslserver', '-verify_ip', '20.1.2.3', file('server')]);
    await run('openssl', [...verify, '-purpose', 'sslserver', '-verify_hostname', 'localhost', file('server')]);
    await assert.rejects(run('openssl', [...verify, '-purpose', 'sslserver', file('client')]));
    await assert.rejects(run('openssl', [...verify, '-purpose', 'sslclient', file('server')]));
    await assert.rejects(run('openssl', [...verify, '-verify_ip', '20.1.2.4', file('server')]));

    const { 'Subject Key Identifier': caKeyId, ...caExtensions } = await extensionsOf(file('ca'));
    assert.deepEqual(caExtensions, {
      'Key Usage!': 'Digital Signature, Key Encipherment, Key Agreement, Certificate Sign',
      'Basic Constraints!': 'CA:TRUE',
    });
    assert.deepEqual(await extensionsOf(file('client')), {
      'Key Usage!': 'Digital Signature',
      'Extended Key Usage': 'TLS Web Client Authentication',
      'Basic Constraints!': 'CA:FALSE',
      'Authority Key Identifier': caKeyId,
    });
    assert.deepEqual(await extensionsOf(file('server')), {
      'Key Usage!': 'Digital Signature, Key Encipherment, Key Agreement',
      'Extended Key Usage': 'TLS Web Server Authentication',
      'Basic Constraints!': 'CA:FALSE',
      'Subject Alternative Name': 'IP Address:20.1.2.3, DNS:localhost',
      'Authority Key Identifier': caKeyId,
    });
    const { 'Extended Key Usage': masterUsage } = await extensionsOf(file('master'));
    assert.equal(masterUsage, 'TLS Web Server Authentication, TLS Web Client Authentication');
  },
);
