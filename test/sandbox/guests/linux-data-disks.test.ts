import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { GuestSpec } from '../../../src/sandbox/guests/guest-host.ts';
import { linuxGuests, needs } from '../../skip.ts';
import { runOverSsh } from './clients.ts';
import { allow, Bench } from './fixtures.ts';

/** Loop devices whose image is in a directory. */
function loopsOf(directory: string): string[] {
  const lines = execFileSync('losetup', ['--list', '--noheadings', '--output', 'BACK-FILE'], { encoding: 'utf8' });
  return lines.split('\n').filter((line) => line.startsWith(directory));
}

describe('data disks of linux guests', needs(...linuxGuests), () => {
  let bench: Bench;
  let spec: GuestSpec & { publicAddress: string };
  const asRoot = async (command: string, guest: { readonly publicAddress: string } = spec) =>
    (await runOverSsh(bench.login(guest), `sudo sh -c '${command}'`)).output.trim();
  const disks = [
    { id: '/disks/engine', lun: 0, sizeGiB: 2 },
    { id: '/disks/more', lun: 7, sizeGiB: 1 },
  ];

  before(async () => {
    bench = await Bench.open('linux');
    spec = await bench.spec('with-disks', { dataDisks: disks });
    await bench.host.create(spec);
    await bench.host.setFirewall(spec.id, [allow(22)]);
  });
  after(() => bench[Symbol.asyncDispose]());

  it("are block devices of their size under Azure's names", async () => {
    const sizes = await asRoot(
      'for n in scsi1/lun0 scsi1/lun7 data/by-lun/7; do blockdev --getsize64 /dev/disk/azure/$n; done',
    );
    assert.deepEqual(sizes.split('\n').map(Number), [2 * 1024 ** 3, 1024 ** 3, 1024 ** 3]);
    assert.equal(await asRoot('ls /dev/disk/azure/scsi1'), 'lun0\nlun7');
  });

  it('leave the directory of the engine as bare as on a machine without any, until it starts', async () => {
    assert.equal(await asRoot('mountpoint -q /var/lib/docker || echo none'), 'none');
  });

  it('are mounted by what /etc/fstab says, over a reboot, a power-off and the next process', async () => {
    await asRoot(
      [
        'mkfs.ext4 -q /dev/disk/azure/scsi1/lun0; mkdir -p /var/lib/docker',
        'echo UUID=$(blkid -o value -s UUID /dev/disk/azure/scsi1/lun0) /var/lib/docker ext4 defaults,nofail 0 2 >>/etc/fstab',
        'mount /var/lib/docker; echo here >/var/lib/docker/mark',
      ].join('; '),
    );
    const mark = () => asRoot('cat /var/lib/docker/mark; findmnt -no SIZE --bytes /var/lib/docker');
    const before = await mark();
    assert.match(before, /^here\n\s*2\d{9}$/);
    await bench.host.restart(spec.id);
    assert.equal(await mark(), before);
    await bench.host.powerOff(spec.id);
    assert.deepEqual(loopsOf(bench.directory), []);
    await bench.host.start(spec.id);
    await bench.reopen();
    await bench.host.adopt(spec, true);
    await bench.host.setFirewall(spec.id, [allow(22)]);
    assert.equal(await mark(), before);
  });

  it('hold the data of the engine, which starts with them', async () => {
    assert.equal(
      await asRoot('systemctl start docker; ls -d /var/lib/docker/overlay2; cat /var/lib/docker/mark'),
      '/var/lib/docker/overlay2\nhere',
    );
  });

  it('outlive their guest, until they are deleted themselves', async () => {
    await bench.host.remove(spec.id);
    assert.deepEqual(loopsOf(bench.directory), []);
    const next = await bench.spec('next', { dataDisks: disks.slice(0, 1) });
    await bench.host.create(next);
    await bench.host.setFirewall(next.id, [allow(22)]);
    assert.equal(await asRoot('mount /dev/disk/azure/scsi1/lun0 /mnt; cat /mnt/mark', next), 'here');
    await bench.host.remove(next.id);
    for (const { id } of disks) await bench.host.deleteDisk(id);
    assert.equal(execFileSync('ls', [join(bench.directory, 'guests', 'disks')], { encoding: 'utf8' }), '');
  });

  it('are let go by a process that is killed', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'azdock-crash-'));
    const { publicAddress: _none, ...crashed } = { ...spec, id: '/vm/disk-crash', privateAddress: '10.254.0.10' };
    const script = fileURLToPath(new URL('crashing-host.ts', import.meta.url));
    const child = spawn(process.execPath, [script, directory, JSON.stringify(crashed)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    assert.equal(loopsOf(directory).length, 3);
    child.kill('SIGKILL');
    await once(child, 'exit');
    for (let tries = 0; tries < 100 && loopsOf(directory).length > 0; tries += 1) await sleep(50);
    assert.deepEqual(loopsOf(directory), []);
    const { openGuestHost } = await import('../../../src/sandbox/guests/choose.ts');
    const host = await openGuestHost('linux', { directory, log: () => {} });
    await host.close({ keepDisks: false });
    assert.equal(existsSync(join(directory, 'guests')), false);
    await rm(directory, { recursive: true, force: true });
  });
});
