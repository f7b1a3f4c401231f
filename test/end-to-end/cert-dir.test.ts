import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { World } from './azdock.ts';
import { clientSet, ping } from './engine.ts';

const OK = { status: 200, body: 'OK' };

describe('--docker-cert-dir', () => {
  let world: World;
  let dir: string;

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    dir = join(world.directory, 'team certs');
  });
  after(() => world?.destroy());

  it('makes what is missing there, with private keys for nobody else, and leaves the store’s alone', async () => {
    await world.ok(['create', '--docker-cert-dir', dir, 'one']);
    assert.deepEqual((await readdir(dir)).sort(), ['ca-key.pem', 'ca.pem', 'cert.pem', 'key.pem']);
    for (const key of ['ca-key.pem', 'key.pem']) assert.equal((await stat(join(dir, key))).mode & 0o777, 0o600);
    assert.deepEqual(await readdir(join(world.store, 'certs')), []);
    assert.deepEqual(await ping(world, 'one', await clientSet(dir)), OK);
  });

  it('is shared by later hosts, which the same client reaches', async () => {
    await world.ok(['create', 'two'], { env: { AZDOCK_DOCKER_CERT_DIR: dir } });
    for (const name of ['one', 'two']) assert.deepEqual(await ping(world, name, await clientSet(dir)), OK);
  });

  it('stays what a machine’s new certificates are signed by', async () => {
    const before = await world.file('one', 'server.pem');
    await world.ok(['regenerate-certs', '-f', 'one']);
    const after = await world.file('one', 'server.pem');
    assert.notEqual(after, before);
    const ca = new X509Certificate(await readFile(join(dir, 'ca.pem')));
    assert.ok(new X509Certificate(after).verify(ca.publicKey));
    assert.deepEqual(await ping(world, 'one', await clientSet(dir)), OK);
  });

  it('without the key of its CA is refused before anything is made', async () => {
    await rm(join(dir, 'ca-key.pem'));
    const { code, stderr } = await world.run(['create', '--docker-cert-dir', dir, 'three']);
    assert.notEqual(code, 0);
    assert.match(stderr, /ca-key\.pem/);
    assert.deepEqual(await world.json(['ls', '-q', '--filter', 'name=three']), []);
  });
});
