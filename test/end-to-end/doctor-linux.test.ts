import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Json } from '../sandbox/raw-https.ts';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { asRoot } from './host.ts';

describe('doctor, of a machine with a host that runs things', needs(...linuxGuests), () => {
  let world: World;

  before(async () => {
    world = await World.create(LINUX);
    await world.ok(['create', 'dev', '--azure-provisioner', 'custom-script']);
  });
  after(() => world?.destroy());

  async function look(): Promise<{ code: number | null; found: Json }> {
    const { code, stdout, stderr } = await world.run(['doctor', 'dev', '--json', '--timeout', '30']);
    assert.notEqual(stdout, '', stderr);
    return { code, found: Object.fromEntries(JSON.parse(stdout).checks.map((check: Json) => [check.id, check])) };
  }

  it('everything is checked, and its disk, set-up and login are good', async () => {
    const { code, found } = await look();
    assert.equal(code, 0, JSON.stringify(found));
    for (const id of ['ssh-login', 'boot', 'engine', 'host-clock', 'engine-certificate', 'extension'])
      assert.equal(found[id].verdict, 'ok', JSON.stringify(found[id]));
    assert.match(found.disk.message, /(GiB|MiB|TiB) are free on \//);
    assert.notEqual(found.disk.verdict, 'not-checked');
    for (const check of Object.values<Json>(found)) assert.doesNotMatch(check.message, /bug in azdock/);
  });

  it('a disk that is full is found', async () => {
    // A file system of its own in the place of the engine's data, full to the brim.
    await asRoot(
      world,
      'dev',
      'mkdir -p /mnt/full && mount -t tmpfs -o size=16m tmpfs /mnt/full && mount --bind /mnt/full /var/lib/docker; dd if=/dev/zero of=/mnt/full/x bs=1M count=20 2>/dev/null || true',
    );
    const { code, found } = await look();
    await asRoot(world, 'dev', 'umount /var/lib/docker; umount /mnt/full');
    assert.equal(code, 1);
    assert.equal(found.disk.verdict, 'problem', JSON.stringify(found.disk));
    assert.match(found.disk.message, /^0 KiB|^0\.0 KiB/);
    assert.equal(found.disk.fix.text, 'azdock exec dev -- docker system prune');
  });

  it('an engine that is down is found at its port', async () => {
    await asRoot(world, 'dev', 'systemctl stop docker.service docker.socket');
    const { found } = await look();
    assert.equal(found['engine-port'].verdict, 'problem');
    assert.match(found['engine-port'].message, /the connection is refused/);
    assert.equal(found['ssh-login'].verdict, 'ok');
    assert.equal(found['host-clock'].verdict, 'ok', 'over SSH');
  });

  it('a firewall that swallows everything is told from a host that refuses', async () => {
    await world.ok(['allow', 'dev', '203.0.113.7']);
    const { code, found } = await look();
    assert.equal(code, 1);
    assert.match(found['ssh-port'].message, /nothing answers: a firewall swallows it/);
    assert.equal(found.firewall.verdict, 'problem');
  });
});
