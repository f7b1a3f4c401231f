import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { keyLines, secretsIn } from './secret-shapes.ts';

const secrets = [{ name: 'password', value: `p4ss'w+rd/"&=%?€ word` }];
const { value } = secrets[0] ?? assert.fail();

const hidingPlaces: Readonly<Record<string, string>> = {
  'plain text': `login with ${value} failed`,
  'an excerpt': `Unexpected token: "${value.slice(-10)}" is not valid JSON`,
  JSON: JSON.stringify({ login: { password: value } }),
  'a URL': `https://host/?p=${encodeURIComponent(value)}`,
  'a form': new URLSearchParams({ password: value }).toString(),
  'a shell command': `echo '${value.replaceAll("'", `'\\''`)}'`,
  base64: Buffer.from(value).toString('base64'),
  'base64 of something longer': Buffer.from(`user:${value}\n`).toString('base64'),
  'base64 of something else': Buffer.from(`root:${value}!`).toString('base64url'),
  'base64 of JSON': Buffer.from(JSON.stringify({ p: value })).toString('base64'),
  hex: Buffer.from(`x${value}`).toString('hex'),
};

for (const [place, text] of Object.entries(hidingPlaces)) {
  test(`a secret is found in ${place}`, () => assert.deepEqual(secretsIn(text, secrets), ['password']));
}

test('a private key is found whole, in part, and in base64', () => {
  const encoding = { type: 'pkcs1', format: 'pem' } as const;
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: encoding,
    publicKeyEncoding: encoding,
  });
  const known = keyLines('key.pem', privateKey);
  assert.equal(known.length, 3);
  for (const text of [
    privateKey,
    JSON.stringify(privateKey),
    String(known[1]?.value),
    Buffer.from(privateKey).toString('base64'),
  ]) {
    assert.notDeepEqual(secretsIn(text, known), []);
  }
});

test('a bearer token is found, and ordinary text is not', () => {
  const part = (text: string) => Buffer.from(text).toString('base64url');
  const token = [part('{"alg":"RS256"}'), part('{"aud":"x","iss":"y"}'), part('0123456789abcdef')].join('.');
  assert.deepEqual(secretsIn(`authorization: Bearer ${token}`, secrets), ['a token']);
  assert.deepEqual(secretsIn('dev is running Docker 28.2.2 at tcp://20.103.9.4:2376 after 1m 58s.', secrets), []);
});
