import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { type Bootstrap, ensureCertificates } from '../../src/certs/bootstrap.ts';
import { createCa, createClientCertificate } from '../../src/certs/create-certificates.ts';
import { isSignedBy } from '../../src/certs/inspect.ts';
import { CertificateError } from '../../src/errors/certificate-error.ts';
import { storeFiles } from '../../src/store/files.ts';
import { certificatePaths } from '../../src/store/layout.ts';

const now = new Date('2026-11-20T21:40:33Z');
const later = new Date('2030-01-01T00:00:00Z');

async function bootstrap(t: TestContext): Promise<Bootstrap & { paths: ReturnType<typeof certificatePaths> }> {
  const root = await mkdtemp(join(tmpdir(), 'azdock-bootstrap-'));
  t.after(() => rm(root, { recursive: true }));
  return { paths: certificatePaths(root), files: storeFiles, user: 'tester', now };
}

test('a new store gets CA and client certificate, readable as docker-machine leaves them, and then keeps them', async (t) => {
  const b = await bootstrap(t);
  const first = await ensureCertificates(b);
  assert.deepEqual(first.made, ['ca', 'client']);
  const modes = await Promise.all(
    [b.paths.dir, b.paths.ca, b.paths.caKey, b.paths.cert, b.paths.key].map((file) => stat(file)),
  );
  assert.deepEqual(
    modes.map(({ mode }) => (mode & 0o777).toString(8)),
    ['700', '644', '600', '644', '600'],
  );
  const second = await ensureCertificates(b);
  assert.deepEqual(second.made, []);
  assert.deepEqual([second.ca.cert, second.client.cert], [first.ca.cert, first.client.cert]);
  assert.equal(second.client.key.reveal(), first.client.key.reveal());
  assert.ok(isSignedBy(new X509Certificate(first.client.cert), new X509Certificate(first.ca.cert)));
});

test('an expired CA is made anew, and the client certificate with it', async (t) => {
  const b = await bootstrap(t);
  const first = await ensureCertificates(b);
  const second = await ensureCertificates({ ...b, now: later });
  assert.deepEqual(second.made, ['ca', 'client']);
  assert.notEqual(second.ca.key.reveal(), first.ca.key.reveal());
  assert.ok(isSignedBy(new X509Certificate(second.client.cert), new X509Certificate(second.ca.cert)));
  assert.deepEqual((await ensureCertificates({ ...b, now: later })).made, []);
});

test('an expired client certificate is made anew under the same CA', async (t) => {
  const b = await bootstrap(t);
  const first = await ensureCertificates(b);
  const old = await createClientCertificate({ user: 'tester', now: new Date('2020-01-01'), ca: first.ca });
  await writeFile(b.paths.cert, old.cert);
  await writeFile(b.paths.key, old.key.reveal());
  const second = await ensureCertificates(b);
  assert.deepEqual(second.made, ['client']);
  assert.equal(second.ca.cert, first.ca.cert);
});

test('renewal makes new ones though the old are good: the client certificate alone, or all', async (t) => {
  const b = await bootstrap(t);
  const first = await ensureCertificates(b);
  const second = await ensureCertificates({ ...b, renew: 'client' });
  assert.deepEqual(second.made, ['client']);
  assert.equal(second.ca.cert, first.ca.cert);
  assert.notEqual(second.client.cert, first.client.cert);
  const third = await ensureCertificates({ ...b, renew: 'ca' });
  assert.deepEqual(third.made, ['ca', 'client']);
  assert.ok(!isSignedBy(new X509Certificate(second.client.cert), new X509Certificate(third.ca.cert)));
});

test('renewal mends whatever does not fit', async (t) => {
  const b = await bootstrap(t);
  await ensureCertificates(b);
  const other = await createCa({ user: 'tester', now });
  await writeFile(b.paths.caKey, other.key.reveal());
  await assert.rejects(ensureCertificates(b), CertificateError);
  await ensureCertificates({ ...b, renew: 'ca' });
  assert.deepEqual((await ensureCertificates(b)).made, []);
});

test('a run that is killed before any write is completed by the next', async (t) => {
  const b = await bootstrap(t);
  const killed = new Error('killed');
  for (const renew of [undefined, 'ca', 'client'] as const) {
    for (let allowed = 0; ; allowed += 1) {
      if (renew === undefined) await rm(b.paths.dir, { recursive: true, force: true });
      let writes = 0;
      const dying =
        <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
        async (...args: A): Promise<R> => {
          writes += 1;
          if (writes > allowed) throw killed;
          return work(...args);
        };
      const { write, writeSecret, remove, makeDirectory } = storeFiles;
      const files = {
        ...storeFiles,
        write: dying(write),
        writeSecret: dying(writeSecret),
        remove: dying(remove),
        makeDirectory: dying(makeDirectory),
      };
      const request = { ...b, ...(renew === undefined ? {} : { renew }) };
      const survived = await ensureCertificates({ ...request, files }).then(
        () => true,
        (error: unknown) => {
          assert.equal(error, killed);
          return false;
        },
      );
      const { ca, client } = await ensureCertificates(b);
      assert.ok(isSignedBy(new X509Certificate(client.cert), new X509Certificate(ca.cert)));
      assert.deepEqual((await ensureCertificates(b)).made, []);
      if (survived) {
        assert.ok(allowed >= 3);
        break;
      }
    }
  }
});

test('each misfit is an error that names the file', async (t) => {
  const b = await bootstrap(t);
  const { ca, client } = await ensureCertificates(b);
  const other = await createCa({ user: 'tester', now });
  const stranger = await createClientCertificate({ user: 'tester', now, ca: other });
  const future = await createCa({ user: 'tester', now: later });
  const good = { ca: ca.cert, caKey: ca.key.reveal(), cert: client.cert, key: client.key.reveal() };
  const cases: { change: Partial<typeof good>; names: string; why: RegExp }[] = [
    { change: { caKey: other.key.reveal() }, names: b.paths.caKey, why: /does not belong to the CA certificate/ },
    { change: { key: other.key.reveal() }, names: b.paths.key, why: /does not belong to the client certificate/ },
    { change: { cert: stranger.cert, key: stranger.key.reveal() }, names: b.paths.cert, why: /not signed by the CA/ },
    { change: { ca: 'nonsense' }, names: b.paths.ca, why: /does not hold a certificate/ },
    { change: { cert: '' }, names: b.paths.cert, why: /does not hold a certificate/ },
    { change: { caKey: 'nonsense' }, names: b.paths.caKey, why: /does not hold a private key/ },
    { change: { ca: client.cert, caKey: client.key.reveal() }, names: b.paths.ca, why: /is no CA certificate/ },
    { change: { ca: future.cert, caKey: future.key.reveal() }, names: b.paths.ca, why: /not valid before .*clock/ },
  ];
  for (const { change, names, why } of cases) {
    const files = { ...good, ...change };
    for (const file of ['ca', 'caKey', 'cert', 'key'] as const) await writeFile(b.paths[file], files[file]);
    await assert.rejects(ensureCertificates(b), (error) => {
      assert.ok(error instanceof CertificateError);
      assert.match(error.message, why);
      assert.equal(error.resource, names);
      assert.ok(error.message.includes(names));
      return true;
    });
  }
});

test('a CA without its key cannot sign, and the missing file is named', async (t) => {
  const b = await bootstrap(t);
  await ensureCertificates(b);
  await rm(b.paths.caKey);
  await assert.rejects(ensureCertificates(b), { name: 'CertificateError', resource: b.paths.caKey });
});

test('certificates that the user brought are used where they are, made where missing, and never replaced', async (t) => {
  const b = await bootstrap(t);
  const own = await mkdtemp(join(tmpdir(), 'azdock-own-'));
  t.after(() => rm(own, { recursive: true }));
  const paths = { ...b.paths, ca: join(own, 'my-ca.pem'), caKey: join(own, 'my-ca-key.pem') };
  const brought = await createCa({ user: 'Contoso', now });
  await writeFile(paths.ca, brought.cert);
  await writeFile(paths.caKey, brought.key.reveal());
  const { made, client } = await ensureCertificates({ ...b, paths });
  assert.deepEqual(made, ['client']);
  assert.equal(new X509Certificate(client.cert).issuer, 'O=Contoso');
  for (const change of [{ now: later }, { renew: 'ca' as const }]) {
    await assert.rejects(ensureCertificates({ ...b, paths, ...change }), /does not replace certificates outside/);
  }
  assert.equal(await readFile(paths.ca, 'utf8'), brought.cert);
});
