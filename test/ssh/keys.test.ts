import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { inspect, promisify } from 'node:util';
import { generateSshKeyPair } from '../../src/ssh/keys.ts';
import { needs } from '../skip.ts';

test('a new key pair is PKCS#1 PEM and one authorized_keys line without a comment', async () => {
  const pair = await generateSshKeyPair();
  assert.match(pair.privateKey.reveal(), /^-----BEGIN RSA PRIVATE KEY-----\n[\s\S]+\n-----END RSA PRIVATE KEY-----\n$/);
  assert.match(pair.publicKey, /^ssh-rsa [A-Za-z0-9+/]+=*\n$/);
  assert.doesNotMatch(inspect(pair), /PRIVATE KEY/);
});

test('OpenSSH derives the same public key from the private one, of 2048 bits', needs('ssh-keygen'), async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'azdock-keys-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const pair = await generateSshKeyPair();
  const file = join(folder, 'id_rsa');
  await writeFile(file, pair.privateKey.reveal(), { mode: 0o600 });
  const derived = await promisify(execFile)('ssh-keygen', ['-y', '-f', file]);
  assert.equal(derived.stdout, pair.publicKey);
  const listed = await promisify(execFile)('ssh-keygen', ['-l', '-f', file]);
  assert.match(listed.stdout, /^2048 /);
});
