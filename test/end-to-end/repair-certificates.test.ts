import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createCa, createClientCertificate, createServerCertificate } from '../../src/certs/create-certificates.ts';
import type { CertificateWithKey } from '../../src/certs/sign-certificate.ts';
import { Secret } from '../../src/secret/secret.ts';
import { World } from './azdock.ts';
import { addressOf, clientSet, machineFolder, servedCertificate } from './engine.ts';
import { WorldSandbox } from './world-sandbox.ts';

const LONG_AGO = new Date(Date.now() - 1200 * 86_400_000);
const HOUR_MS = 3_600_000;

describe('certificates past their time, and others that do not serve', () => {
  let world: World;
  let sandbox: WorldSandbox;
  let certs: string;

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    sandbox = await WorldSandbox.up(world);
    certs = join(world.store, 'certs');
    for (const name of ['one', 'two']) await world.ok(['create', name]);
  });
  after(() => world?.destroy());

  /** What all have at this moment, to be compared afterwards. */
  let then: Awaited<ReturnType<typeof state>>;
  beforeEach(async () => {
    then = await state();
  });

  async function state() {
    const file = (...parts: string[]) => readFile(join(world.store, ...parts), 'utf8');
    const served = async (name: string) =>
      servedCertificate(world, name, await clientSet(certs)).catch(() => 'unknown');
    return {
      ca: await file('certs', 'ca.pem'),
      cert: await file('certs', 'cert.pem'),
      servers: [await file('machines', 'one', 'server.pem'), await file('machines', 'two', 'server.pem')],
      served: [await served('one'), await served('two')],
    };
  }

  async function storeCa(): Promise<{ cert: string; key: Secret }> {
    const [cert, key] = await Promise.all(['ca.pem', 'ca-key.pem'].map((name) => readFile(join(certs, name), 'utf8')));
    return { cert: cert ?? '', key: new Secret(key ?? '') };
  }

  async function put(folder: string, names: readonly [string, string], made: CertificateWithKey): Promise<void> {
    await writeFile(join(folder, names[0]), made.cert);
    await writeFile(join(folder, names[1]), made.key.reveal());
  }

  /** Gives store and machines a client certificate of another time or CA. */
  async function spoilClient(folders: readonly string[], how: { now?: Date; ca?: CertificateWithKey }): Promise<void> {
    const ca = how.ca ?? (await storeCa());
    const made = await createClientCertificate({ user: 'tester', now: how.now ?? new Date(), ca });
    for (const folder of folders) await put(folder, ['cert.pem', 'key.pem'], made);
  }

  async function spoilServer(name: string, how: { now?: Date; names?: readonly string[] }): Promise<void> {
    const names = how.names ?? [await addressOf(world, name), 'localhost'];
    const made = await createServerCertificate({
      user: 'tester',
      name,
      names,
      now: how.now ?? new Date(),
      ca: await storeCa(),
    });
    await put(machineFolder(world, name), ['server.pem', 'server-key.pem'], made);
  }

  const both = () => [certs, machineFolder(world, 'one'), machineFolder(world, 'two')];
  const extensionPuts = async (since: number) =>
    (await sandbox.journal(since)).filter(({ method, path }) => method === 'PUT' && path.includes('/extensions/'));

  it('nothing is wrong: --repair makes nothing, and asks nobody', async () => {
    const since = await sandbox.lastEntry();
    assert.equal(await world.ok(['regenerate-certs', '--repair', '-f']), 'one needs nothing.\ntwo needs nothing.\n');
    assert.deepEqual(await state(), then);
    assert.deepEqual(await sandbox.journal(since), []);
  });

  it('the client certificate has expired: --repair makes a new one of the same CA; engines keep theirs', async () => {
    await spoilClient(both(), { now: LONG_AGO });
    const { code, stderr } = await world.run(['env', 'one']);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /Your client certificate \(cert\.pem\) expired on .*\n {2}Mend its certificates: +azdock regenerate-certs --repair one\n$/,
    );
    const since = await sandbox.lastEntry();
    assert.equal(await world.ok(['regenerate-certs', '--repair', '-f', 'one']), 'one has a new client certificate.\n');
    await world.ok(['env', 'one']);
    // Who was not named comes in when it is.
    assert.equal((await world.run(['env', 'two'])).code, 1);
    const repaired = await world.json(['regenerate-certs', '--repair', '-f']);
    assert.deepEqual(repaired, {
      repaired: [
        { name: 'one', made: 'nothing' },
        { name: 'two', made: 'client' },
      ],
    });
    await world.ok(['env', 'two']);
    const now = await state();
    assert.deepEqual([now.ca, now.servers, now.served], [then.ca, then.servers, then.served]);
    assert.notEqual(now.cert, then.cert);
    assert.deepEqual(await extensionPuts(since), []);
  });

  it('the same while the machine is stopped: start does it', async () => {
    await world.ok(['stop', 'one']);
    await spoilClient(both(), { now: LONG_AGO });
    const since = await sandbox.lastEntry();
    const { code, stderr } = await world.run(['start', 'one']);
    assert.equal(code, 0, stderr);
    assert.match(
      stderr,
      /^one gets a new client certificate, and its engine keeps what it has: the client certificate has expired\.$/m,
    );
    await world.ok(['env', 'one']);
    await world.ok(['regenerate-certs', '--repair', '-f', 'two']);
    const now = await state();
    assert.deepEqual([now.ca, now.servers, now.served], [then.ca, then.servers, then.served]);
    assert.deepEqual(await extensionPuts(since), []);
  });

  it('the server certificate has expired: --repair and start replace it, and nothing else', async () => {
    for (const [name, how] of [
      ['one', {}],
      ['two', {}],
    ] as const) {
      await spoilServer(name, { now: LONG_AGO, ...how });
      const isStart = name === 'two';
      if (isStart) await world.ok(['stop', name]);
      const run = await world.run(isStart ? ['start', name] : ['regenerate-certs', '--repair', '-f', name]);
      assert.equal(run.code, 0, run.stderr);
      assert.match(
        run.stderr,
        new RegExp(`^The certificates of ${name} are made anew: the server certificate has expired\\.$`, 'm'),
      );
      await world.ok(['env', name]);
    }
    const now = await state();
    assert.deepEqual([now.ca, now.cert], [then.ca, then.cert]);
    for (const at of [0, 1]) {
      assert.notEqual(now.served[at], then.served[at]);
      assert.equal(now.served[at], new X509Certificate(now.servers[at] ?? '').serialNumber);
    }
  });

  it('the server certificate is for another address: --repair replaces it', async () => {
    await spoilServer('one', { names: ['192.0.2.9', 'localhost'] });
    const { stdout, stderr } = await world.run(['regenerate-certs', '--repair', '-f', 'one', 'two']);
    assert.equal(stdout, 'one has new certificates.\ntwo needs nothing.\n');
    assert.match(stderr, /the server certificate is not for 127\./);
    const now = await state();
    assert.deepEqual([now.ca, now.cert, now.served[1]], [then.ca, then.cert, then.served[1]]);
  });

  it('two first uses at once have mixed two CAs: create tells it, --repair mends it with the CA that is there', async () => {
    const other = await createCa({ user: 'tester', now: new Date() });
    await spoilClient([certs], { ca: other });
    const { code, stderr } = await world.run(['create', 'three']);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /cert\.pem was not signed by the CA .*ca\.pem\.\n {2}Make a new client certificate, of the same CA: +azdock regenerate-certs --repair\n$/,
    );
    assert.match(
      (await world.run(['regenerate-certs', '--repair', '-f'])).stderr,
      /^The client certificate in .*certs is new\.$/m,
    );
    const now = await state();
    assert.deepEqual([now.ca, now.servers, now.served], [then.ca, then.servers, then.served]);
    await world.ok(['create', 'three']);
    await world.ok(['rm', '-y', 'three']);
    for (const name of ['one', 'two']) await world.ok(['env', name]);
  });

  it('a machine with an earlier CA, which is good: left alone; once its client certificate has expired, it gets all anew', async () => {
    await world.ok(['regenerate-certs', '-f', '--client-certs', 'two']);
    assert.equal(await world.ok(['regenerate-certs', '--repair', '-f']), 'one needs nothing.\ntwo needs nothing.\n');
    await world.ok(['env', 'one']);
    await rm(join(machineFolder(world, 'one'), 'cert.pem'));
    assert.equal(await world.ok(['regenerate-certs', '--repair', '-f', 'one']), 'one has new certificates.\n');
    assert.equal(await world.file('one', 'ca.pem'), (await state()).ca);
    await world.ok(['env', 'one']);
  });

  it('an engine that has others than this computer, as after a command that was killed: start and --repair see it', async () => {
    for (const verb of ['start', 'regenerate-certs']) {
      const folder = machineFolder(world, 'one');
      const files = ['ca.pem', 'cert.pem', 'key.pem', 'server.pem', 'server-key.pem'];
      const before = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
      await world.ok(['regenerate-certs', '-f', '--client-certs', 'one']);
      // The copies of an hour ago: good in themselves.
      for (const [at, file] of files.entries()) await writeFile(join(folder, file), before[at] ?? '');
      assert.match((await world.run(['env', 'one'])).stderr, /signed by another CA than yours/);
      if (verb === 'start') await world.ok(['stop', 'one']);
      const { code, stderr } = await world.run(verb === 'start' ? ['start', 'one'] : [verb, '-f', '--repair', 'one']);
      assert.equal(code, 0, stderr);
      assert.match(stderr, /^The certificates of one are made anew: its engine has others than this computer\.$/m);
      await world.ok(['env', 'one']);
    }
    await world.ok(['regenerate-certs', '-f', 'two']);
  });

  it('a CA whose key is lost is replaced by --client-certs, also without a machine', async () => {
    const key = join(certs, 'ca-key.pem');
    await rm(key);
    const { stderr } = await world.run(['create', 'three']);
    assert.match(
      stderr,
      /The key of the CA is missing: .*\n {2}Make a new CA and client certificate: +azdock regenerate-certs --client-certs\n$/,
    );
    const renewed = await world.run(['regenerate-certs', '-f', '--client-certs']);
    assert.deepEqual([renewed.code, renewed.stdout], [0, ''], renewed.stderr);
    assert.notEqual((await state()).ca, then.ca);
    // Machines keep theirs, and so does an engine that is not asked.
    for (const name of ['one', 'two']) await world.ok(['env', name]);
    await world.ok(['regenerate-certs', '-f', 'one', 'two']);
    for (const name of ['one', 'two']) assert.equal(await world.file(name, 'ca.pem'), (await state()).ca);
  });

  it('files that hold no certificate at all are told of, and mended', async () => {
    await writeFile(join(certs, 'cert.pem'), '\0\0\0');
    assert.match(
      (await world.run(['create', 'three'])).stderr,
      /cert\.pem does not hold a certificate in PEM format\.\n.*--repair/,
    );
    await world.ok(['regenerate-certs', '--repair', '-f']);
    await writeFile(join(certs, 'ca.pem'), '');
    assert.match(
      (await world.run(['create', 'three'])).stderr,
      /ca\.pem does not hold a certificate in PEM format\.\n.*--client-certs/,
    );
    await world.ok(['regenerate-certs', '-f', '--client-certs', 'one', 'two']);
    for (const name of ['one', 'two']) await world.ok(['env', name]);
  });

  describe("with this computer's clock wrong", () => {
    const preload = fileURLToPath(new URL('shifted-clock.ts', import.meta.url));
    const shifted = (ms: number) => ({ AZDOCK_TEST_SHIFT_MS: String(ms), NODE_OPTIONS: `--import=${preload}` });

    it("ahead: new certificates are valid from Azure's time on, not from one to come", async () => {
      await world.ok(['regenerate-certs', '-f', 'one'], { env: shifted(3 * HOUR_MS) });
      const made = new X509Certificate(await world.file('one', 'server.pem'));
      assert.ok(made.validFromDate <= new Date(), `valid from ${made.validFrom}`);
      await world.ok(['env', 'one']);
    });

    for (const [title, ms] of [
      ['ahead', 2000],
      ['behind', -2000],
    ] as const)
      it(`${title} by years: start does not make anew what is good, and tells of the clock`, async () => {
        await world.ok(['stop', 'one']);
        const { code, stderr } = await world.run(['start', 'one'], { env: shifted(ms * 24 * HOUR_MS) });
        assert.equal(code, 1, stderr);
        assert.match(
          stderr,
          new RegExp(
            `The certificates of one are good, but by this computer's clock .*\\. This computer's clock is 2000 days ${title === 'ahead' ? 'ahead of' : 'behind'} Azure's: set it right\\.\\n {2}Compare the clocks: +azdock doctor one\\n$`,
          ),
        );
        assert.deepEqual((await state()).servers, then.servers);
        await world.ok(['regenerate-certs', '--repair', '-f', 'one']);
      });
  });

  it('--repair and --client-certs do not go together', async () => {
    assert.equal((await world.run(['regenerate-certs', '--repair', '--client-certs', 'one'])).code, 2);
  });
});
