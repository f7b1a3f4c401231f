import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { cp, mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { preloadBusybox } from './busybox-image.ts';
import { type ClientSet, clientSet, docker, dockerOk, machineFolder, ping, servedCertificate } from './engine.ts';

const OK = { status: 200, body: 'OK' };

describe('regenerate-certs', needs(...linuxGuests, 'docker', 'busybox'), () => {
  let world: World;

  before(async () => {
    world = await World.create(LINUX);
    preloadBusybox(world);
    await Promise.all(
      ['one', 'other'].map((name) =>
        world.ok(['create', name, '--engine-opt', 'live-restore', '--tls-san', 'docker.test']),
      ),
    );
    await dockerOk(world, 'one', ['run', '-d', '--name', 'server', 'busybox', '/busybox', 'sleep', '3600']);
  });
  after(() => world?.destroy());

  const ownSet = (machine: string) => clientSet(machineFolder(world, machine));
  const storeSet = () => clientSet(join(world.store, 'certs'));
  const container = () =>
    dockerOk(world, 'one', ['inspect', '-f', '{{.State.StartedAt}} {{.State.Running}}', 'server']);

  it('asks first, and does nothing unless told yes', async () => {
    const before = await world.file('one', 'server.pem');
    for (const input of ['n\n', '']) {
      const { code, stdout, stderr } = await world.run(['regenerate-certs', 'one'], { input });
      assert.deepEqual([code, stdout], [0, '']);
      assert.match(stderr, /Regenerate TLS machine certs\?/);
    }
    assert.equal(await world.file('one', 'server.pem'), before);
  });

  it('with -f gives a new server certificate, and the old one is no longer served', async () => {
    const before = new X509Certificate(await world.file('one', 'server.pem'));
    const started = await container();
    assert.equal(await servedCertificate(world, 'one', await ownSet('one')), before.serialNumber);

    assert.equal(await world.ok(['regenerate-certs', '-f', 'one']), 'one has new certificates.\n');

    const after = new X509Certificate(await world.file('one', 'server.pem'));
    assert.notEqual(after.serialNumber, before.serialNumber);
    assert.equal(await servedCertificate(world, 'one', await ownSet('one')), after.serialNumber);
    assert.equal(after.subjectAltName, before.subjectAltName);
    assert.match(after.subjectAltName ?? '', /DNS:docker\.test/);
    assert.equal(await container(), started, 'live-restore: the container went on');
  });

  describe('with --client-certs', () => {
    let oldSet: ClientSet;
    let oldFolder: string;
    let started: string;

    before(async () => {
      oldSet = await ownSet('one');
      oldFolder = await mkdtemp(join(world.directory, 'old-'));
      await cp(machineFolder(world, 'one'), oldFolder, { recursive: true });
      started = await container();
      const { regenerated } = await world.json(['regenerate-certs', '-f', '--client-certs', 'one']);
      assert.deepEqual(regenerated, ['one']);
    });

    it('refuses the old client set on the machine that was named, and takes the new one', async () => {
      const store = await storeSet();
      assert.notEqual(store.ca, oldSet.ca);
      assert.notEqual(store.cert, oldSet.cert);
      assert.deepEqual(await ping(world, 'one', store), OK);
      await assert.rejects(ping(world, 'one', oldSet), 'the old CA does not vouch for the new server');
      // Somebody who accepts the new server still cannot come in with the old certificate.
      await assert.rejects(ping(world, 'one', { ...oldSet, ca: store.ca }), /alert|ECONNRESET/i);
      const { code } = await docker(world, 'one', ['version'], { certificates: oldFolder });
      assert.equal(code, 1);
    });

    it("has the machine's own copies follow", async () => {
      assert.deepEqual(await ownSet('one'), await storeSet());
      assert.match(await world.ok(['env', '--shell', 'bash', 'one']), /DOCKER_TLS_VERIFY="1"/);
      assert.match(await dockerOk(world, 'one', ['version', '-f', '{{.Server.Version}}']), /^\d/);
    });

    it('lets containers run on', async () => {
      assert.equal(await container(), started);
    });

    it('leaves machines that were not named working with their old set', async () => {
      assert.deepEqual(await ownSet('other'), oldSet);
      assert.deepEqual(await ping(world, 'other', oldSet), OK);
      await assert.rejects(ping(world, 'other', { ...(await storeSet()), ca: oldSet.ca }), /alert|ECONNRESET/i);
      await world.ok(['env', 'other']);
      const rows = await world.json(['ls']);
      for (const { name, state, error } of rows) assert.deepEqual([state, error], ['Running', null], name);
    });

    it('has them follow once they are named', async () => {
      await world.ok(['regenerate-certs', '-f', 'other']);
      assert.deepEqual(await ownSet('other'), await storeSet());
      assert.deepEqual(await ping(world, 'other', await storeSet()), OK);
      await assert.rejects(ping(world, 'other', { ...oldSet, ca: (await storeSet()).ca }), /alert|ECONNRESET/i);
    });
  });
});
