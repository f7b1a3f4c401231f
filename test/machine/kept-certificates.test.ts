import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { test, type TestContext } from 'node:test';
import { createClientCertificate } from '../../src/certs/create-certificates.ts';
import type { CertificateWithKey } from '../../src/certs/sign-certificate.ts';
import { readKeptCertificates } from '../../src/machine/kept-certificates.ts';
import { machinePaths } from '../../src/store/layout.ts';
import { ca, client, longAgo, now, otherCa, serverCertificate, tomorrow } from '../engine/engine-fixture.ts';
import { temporaryStore } from './store-fixture.ts';

interface Files {
  readonly ca?: string;
  readonly client?: CertificateWithKey;
  readonly server?: CertificateWithKey | undefined;
  readonly serverKey?: CertificateWithKey;
}

async function judge(t: TestContext, files: Files, address = '127.0.0.1'): Promise<string> {
  const paths = machinePaths(temporaryStore(t), 'dev');
  mkdirSync(paths.dir, { recursive: true });
  const { client: own = client } = files;
  const server = 'server' in files ? files.server : await serverCertificate();
  await writeFile(paths.ca, files.ca ?? ca.cert);
  await writeFile(paths.cert, own.cert);
  await writeFile(paths.key, own.key.reveal());
  if (server !== undefined) {
    await writeFile(paths.serverCert, server.cert);
    await writeFile(paths.serverKey, (files.serverKey ?? server).key.reveal());
  }
  const kept = await readKeptCertificates(paths, address, now);
  return 'unfit' in kept ? kept.unfit : `good ${kept.certificates.serial}`;
}

test('certificates that fit each other and the address are kept, with the serial that the engine shows', async (t) => {
  const server = await serverCertificate();
  assert.equal(await judge(t, { server }), `good ${server.serial}`);
  assert.equal(await judge(t, { server }, 'localhost'), `good ${server.serial}`);
});

test('each reason why they do not serve any more is told', async (t) => {
  const reasons: readonly (readonly [Files, RegExp, string?])[] = [
    [{}, /^the server certificate is not for 192\.0\.2\.7$/, '192.0.2.7'],
    [{ server: undefined }, /^some of them are missing$/],
    [{ server: await serverCertificate({ now: longAgo }) }, /^the server certificate has expired$/],
    [{ server: await serverCertificate({ now: tomorrow }) }, /^the server certificate is not valid yet$/],
    [{ server: await serverCertificate({ ca: otherCa }) }, /^the server certificate was signed by another CA$/],
    [{ serverKey: client }, /^the server certificate and its key are no pair$/],
    [
      { client: await createClientCertificate({ user: 'x', now: longAgo, ca }) },
      /^the client certificate has expired$/,
    ],
    [
      { client: await createClientCertificate({ user: 'x', now, ca: otherCa }) },
      /^the client certificate was signed by/,
    ],
    [{ ca: 'nonsense' }, /ca\.pem does not hold a certificate in PEM format$/],
  ];
  for (const [files, reason, address] of reasons) assert.match(await judge(t, files, address), reason);
});
