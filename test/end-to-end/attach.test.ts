import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createCa, createClientCertificate } from '../../src/certs/create-certificates.ts';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { preloadBusybox } from './busybox-image.ts';
import { type ClientSet, clientSet, dockerOk, machineFolder, ping } from './engine.ts';
import { asRoot, onHost } from './host.ts';

describe('attach, on real hosts', needs(...linuxGuests, 'docker', 'busybox'), () => {
  let world: World;
  let env: { readonly MACHINE_STORAGE_PATH: string };
  let containers: string;

  before(async () => {
    world = await World.create(LINUX);
    env = { MACHINE_STORAGE_PATH: join(world.directory, 'colleague') };
    preloadBusybox(world);
    const engine = ['--engine-label', 'stage=test', '--docker-option', 'log-driver=json-file'];
    await world.ok(['create', 'dev', '--azure-provisioner', 'custom-script', ...engine]);
    await dockerOk(world, 'dev', ['run', '-d', '--stop-timeout', '0', 'busybox', '/busybox', 'sleep', '3600']);
    containers = await running();
    await world.ok(['attach', 'dev'], { env });
  });
  after(() => world?.destroy());

  const running = () =>
    asRoot(world, 'dev', "docker inspect -f '{{.Id}} {{.State.StartedAt}} {{.State.Running}}' $(docker ps -q)");
  const ownSet = () => clientSet(machineFolder(world, 'dev'));
  const theirSet = () => clientSet(join(env.MACHINE_STORAGE_PATH, 'machines', 'dev'));
  const reaches = async (set: ClientSet) => (await ping(world, 'dev', set)).body === 'OK';
  /** The engine itself ends the connection, and says why. */
  const isRefused = (set: Pick<ClientSet, 'ca'> & Partial<ClientSet>, why: RegExp) =>
    assert.rejects(ping(world, 'dev', set), why);

  it('lets both in, each with a certificate of their own CA, while containers run on', async () => {
    const [own, theirs] = [await ownSet(), await theirSet()];
    assert.deepEqual([await reaches(own), await reaches(theirs)], [true, true]);
    assert.equal(await running(), containers);
  });

  it('lets nobody else in: no certificate, one of another CA, though of the same name, and one that was not made for clients', async () => {
    const { ca } = await theirSet();
    await isRefused({ ca }, /alert (bad certificate|certificate required)/);
    const now = new Date();
    const subject = new X509Certificate(ca).subject.split('O=')[1] ?? assert.fail('a CA without a name');
    const otherCa = await createCa({ user: subject, now });
    assert.equal(new X509Certificate(otherCa.cert).subject, new X509Certificate(ca).subject);
    const { cert, key } = await createClientCertificate({ user: subject, now, ca: otherCa });
    await isRefused({ ca, cert, key: key.reveal() }, /alert (unknown ca|bad certificate)/);
    const folder = machineFolder(world, 'dev');
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    await isRefused(
      { ca, cert: await read('server.pem'), key: await read('server-key.pem') },
      /alert (bad|unsupported) certificate/,
    );
  });

  it('has the keys of both on the host, and the settings of the engine on record', async () => {
    assert.equal((await onHost(world, 'dev', 'cat .ssh/authorized_keys')).trim().split('\n').length, 2);
    assert.match(await world.ok(['ssh', 'dev', 'hostname'], { env }), /^dev$/m);
    const { HostOptions } = JSON.parse(await world.ok(['inspect', 'dev'], { env }));
    const { Labels, ArbitraryFlags } = HostOptions.EngineOptions;
    assert.deepEqual([Labels, ArbitraryFlags], [['stage=test'], ['log-driver=json-file']]);
    const pair = (store: string) =>
      Promise.all(
        ['server.pem', 'server-key.pem'].map((name) => readFile(join(store, 'machines', 'dev', name), 'utf8')),
      );
    assert.deepEqual(await pair(env.MACHINE_STORAGE_PATH), await pair(world.store));
  });

  it('keeps both in, whoever of them sets the engine up anew', async () => {
    await world.ok(['provision', 'dev'], { env });
    assert.deepEqual([await reaches(await ownSet()), await reaches(await theirSet())], [true, true]);
    assert.equal(await running(), containers, 'nothing changed for the engine');
    await world.ok(['extension', 'dev', 'set', '--engine-label', 'stage=next'], { env });
    assert.deepEqual([await reaches(await ownSet()), await reaches(await theirSet())], [true, true]);
    await world.ok(['regenerate-certs', '-f', 'dev']);
    assert.deepEqual([await reaches(await ownSet()), await reaches(await theirSet())], [true, true]);
  });

  it('leaves nothing of its own on the host when it goes so', async () => {
    const theirs = await theirSet();
    await world.ok(['rm', '-y', '--purge', 'dev'], { env });
    assert.equal(await reaches(await ownSet()), true);
    await isRefused({ ...theirs, ca: (await ownSet()).ca }, /alert (unknown ca|bad certificate)/);
    assert.equal((await onHost(world, 'dev', 'cat .ssh/authorized_keys')).trim().split('\n').length, 1);
    assert.equal(await asRoot(world, 'dev', 'ls /etc/docker/azdock-ca.d'), '');
    assert.equal((await asRoot(world, 'dev', 'grep -c BEGIN /etc/docker/ca.pem')).trim(), '1');
  });
});
