import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { test } from 'node:test';
import { createCa, createClientCertificate, createServerCertificate } from '../../src/certs/create-certificates.ts';
import { covers, daysLeft, isExpired, isKeyOf, isNotYetValid, isSignedBy } from '../../src/certs/inspect.ts';
import { CertificateError } from '../../src/errors/certificate-error.ts';
import { Secret } from '../../src/secret/secret.ts';

const now = new Date('2026-11-20T21:40:33.123Z');
const user = 'jürgen';
const ca = await createCa({ user, now });
const client = await createClientCertificate({ user, now, ca });
const names = ['db.example', '20.1.2.3', '2001:db8::1:0', '::ffff:1.2.3.4', 'localhost', 'localhost'];
const server = await createServerCertificate({ user, name: 'dev', names, now, ca });

test('subjects hold the organisation and nothing else, as docker-machine has it', () => {
  assert.equal(new X509Certificate(ca.cert).subject, 'O=jürgen');
  assert.equal(new X509Certificate(client.cert).subject, 'O=jürgen.\\<bootstrap\\>');
  assert.equal(new X509Certificate(server.cert).subject, 'O=jürgen.dev');
  for (const { cert } of [ca, client, server]) assert.equal(new X509Certificate(cert).issuer, 'O=jürgen');
});

test('certificates are valid from five minutes ago, on the minute, for 1080 days', () => {
  for (const { cert } of [ca, client, server]) {
    const { validFromDate, validToDate } = new X509Certificate(cert);
    assert.equal(validFromDate.toISOString(), '2026-11-20T21:35:00.000Z');
    assert.equal(validToDate.getTime() - validFromDate.getTime(), 1080 * 86_400_000);
  }
});

test('the CA signs itself, and the others are signed by it', () => {
  const [authority, ...leaves] = [ca, client, server].map(({ cert }) => new X509Certificate(cert));
  assert.ok(authority);
  assert.ok(authority.ca && isSignedBy(authority, authority));
  for (const leaf of leaves) assert.ok(!leaf.ca && isSignedBy(leaf, authority));
});

test('a certificate of another CA of the same name is told apart', async () => {
  const other = await createCa({ user, now });
  assert.ok(!isSignedBy(new X509Certificate(client.cert), new X509Certificate(other.cert)));
});

test('keys are RSA 2048 in PKCS#1 form and belong to their certificates', () => {
  for (const { cert, key } of [ca, client, server]) {
    assert.match(key.reveal(), /^-----BEGIN RSA PRIVATE KEY-----\n[^\r]+\n-----END RSA PRIVATE KEY-----\n$/);
    assert.match(cert, /^-----BEGIN CERTIFICATE-----\n[^\r]+\n-----END CERTIFICATE-----\n$/);
    assert.equal(createPrivateKey(key.reveal()).asymmetricKeyDetails?.modulusLength, 2048);
    assert.ok(isKeyOf(new X509Certificate(cert), { text: key, file: 'key.pem' }));
  }
  assert.ok(!isKeyOf(new X509Certificate(server.cert), { text: client.key, file: 'key.pem' }));
});

test('serial numbers are positive, unlike, and given in the form that TLS shows', () => {
  const serials = [ca, client, server].map(({ serial }) => serial);
  assert.equal(new Set(serials).size, 3);
  assert.deepEqual(
    serials,
    [ca, client, server].map(({ cert }) => new X509Certificate(cert).serialNumber),
  );
  for (const serial of serials) assert.match(serial, /^[4-7][0-9A-F]{31}$/);
});

test('a server certificate covers its names and addresses, each once, and no other', () => {
  const certificate = new X509Certificate(server.cert);
  const expected =
    'DNS:db.example, IP Address:20.1.2.3, IP Address:2001:DB8:0:0:0:0:1:0, IP Address:0:0:0:0:0:FFFF:102:304, DNS:localhost';
  assert.equal(certificate.subjectAltName, expected);
  for (const name of ['db.example', '20.1.2.3', '2001:db8::1:0', 'localhost'])
    assert.ok(covers(certificate, name), name);
  for (const name of ['example', 'jürgen.dev', '20.1.2.4', '127.0.0.1']) assert.ok(!covers(certificate, name), name);
});

test('a name that no certificate can hold is refused', async () => {
  for (const name of ['', 'bücher.example', 'two words', 'line\nbreak']) {
    await assert.rejects(createServerCertificate({ user, name: 'dev', names: [name], now, ca }), CertificateError);
  }
});

test('a CA can be certified anew with the key that it has', async () => {
  const again = await createCa({ user, now, key: ca.key });
  assert.ok(isSignedBy(new X509Certificate(client.cert), new X509Certificate(again.cert)));
});

test('a CA key in PKCS#8 form signs too, one that is not RSA is refused', async () => {
  const pkcs8 = createPrivateKey(ca.key.reveal()).export({ type: 'pkcs8', format: 'pem' }).toString();
  const signed = await createClientCertificate({ user, now, ca: { cert: ca.cert, key: new Secret(pkcs8) } });
  assert.ok(isSignedBy(new X509Certificate(signed.cert), new X509Certificate(ca.cert)));
  const ec = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const issuer = { cert: ca.cert, key: new Secret(ec.privateKey) };
  await assert.rejects(createClientCertificate({ user, now, ca: issuer }), /signs with RSA keys only/);
});

test('days left are whole days, and negative after the end', () => {
  const certificate = new X509Certificate(client.cert);
  const end = certificate.validToDate.getTime();
  assert.equal(daysLeft(certificate, new Date(end - 12.5 * 86_400_000)), 12);
  assert.equal(daysLeft(certificate, new Date(end - 1)), 0);
  assert.equal(daysLeft(certificate, new Date(end + 1)), -1);
  assert.ok(isExpired(certificate, new Date(end)) && !isExpired(certificate, new Date(end - 1)));
  assert.ok(isNotYetValid(certificate, new Date(certificate.validFromDate.getTime() - 1)));
});
