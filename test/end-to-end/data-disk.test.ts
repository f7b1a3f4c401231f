import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { asRoot } from './host.ts';

const ALL = ['docker-extension', 'custom-script', 'cloud-init', 'ssh'] as const;
const DISKS = ['--azure-data-disk', '2', '--azure-data-disk', '1:StandardSSD_LRS:/srv/more', '--azure-data-disk', '1'];
/** Fills the engine's directory before azdock looks at it. */
const FULL = '#cloud-config\nbootcmd:\n  - mkdir -p /var/lib/docker && touch /var/lib/docker/old\n';

describe('data disks', needs(...linuxGuests), () => {
  let world: World;
  before(async () => {
    world = await World.create(LINUX);
    await writeFile(join(world.directory, 'full.yaml'), FULL);
    await Promise.all(ALL.map((how) => world.ok(['create', how, '--azure-provisioner', how, ...DISKS])));
  });
  after(() => world?.destroy());

  const source = async (machine: string, path: string) =>
    (await asRoot(world, machine, `findmnt -n -o SOURCE --mountpoint ${path} || :`)).trim();

  for (const how of ALL)
    it(`hold the engine's data with ${how}, and what else has a place`, async () => {
      assert.match(await source(how, '/var/lib/docker'), /^\/dev\/loop\d+$/);
      assert.match(await source(how, '/srv/more'), /^\/dev\/loop\d+$/);
      const seen = await asRoot(
        world,
        how,
        'ls -d /var/lib/docker/overlay2 && readlink -f /dev/disk/azure/scsi1/lun0 && blkid -p /dev/disk/azure/scsi1/lun2; echo $?',
      );
      const [engine, device, untouched] = seen.trim().split('\n');
      assert.equal(engine, '/var/lib/docker/overlay2');
      assert.equal(device, await source(how, '/var/lib/docker'));
      assert.equal(untouched, '2', 'a disk without a place has nothing on it');
    });

  it('are where they were after a restart, and after a stop with a start', async () => {
    const [machine] = ALL;
    await asRoot(world, machine, 'touch /var/lib/docker/mark /srv/more/mark');
    await world.ok(['restart', machine]);
    await asRoot(world, machine, 'ls /var/lib/docker/mark /srv/more/mark');
    await world.ok(['stop', machine]);
    await world.ok(['start', machine]);
    await asRoot(world, machine, 'ls /var/lib/docker/mark /srv/more/mark');
    assert.match(await source(machine, '/var/lib/docker'), /^\/dev\/loop\d+$/);
  });

  it('without its disk the engine does not start', async () => {
    const lost = 'mv /var/lib/azdock/mount-data-disks /root/ && systemctl stop docker azdock-data-disks';
    await asRoot(world, 'ssh', lost);
    const outcome = await asRoot(world, 'ssh', 'systemctl start docker 2>&1; systemctl is-active docker || :');
    assert.match(outcome, /dependency.*failed|inactive/i);
    await asRoot(world, 'ssh', 'mv /root/mount-data-disks /var/lib/azdock/ && systemctl start docker');
  });

  it('are never mounted over what is there, and then there is no machine', async () => {
    const flags = ['--no-rollback', '--azure-custom-data', 'full.yaml', '--azure-data-disk', '1'];
    for (const how of ['auto', 'cloud-init']) {
      const { code, stderr } = await world.run(['create', `full-${how}`, '--azure-provisioner', how, ...flags]);
      assert.equal(code, 1, stderr);
      assert.match(stderr, /\/var\/lib\/docker is not empty, and a disk mounted there would hide/);
      await asRoot(world, `full-${how}`, 'ls /var/lib/docker/old');
    }
  });

  it('go with the machine', async () => {
    await world.ok(['rm', '-y', ...ALL, 'full-auto', 'full-cloud-init']);
    assert.match(await world.ok(['sandbox', 'status']), /There are no resources in it/);
  });
});
