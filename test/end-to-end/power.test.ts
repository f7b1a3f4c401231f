import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Json } from '../sandbox/raw-https.ts';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { preloadBusybox } from './busybox-image.ts';
import { clientSet, dockerOk, machineFolder, ping } from './engine.ts';
import { onHost } from './host.ts';
import { WorldSandbox } from './world-sandbox.ts';

const TRAILER = /machines may have new IP addresses\. You may need to re-run the `azdock env` command\.$/m;

describe('power', needs(...linuxGuests, 'docker', 'busybox'), () => {
  let world: World;
  let sandbox: WorldSandbox;

  before(async () => {
    world = await World.create(LINUX);
    sandbox = await WorldSandbox.up(world);
    preloadBusybox(world);
    await world.ok(['create', 'dev', '--azure-provisioner', 'custom-script']);
    const keep = ['run', '-d', '--init', '--restart', 'always', '--name', 'keep', '-v', 'data:/data', 'busybox'];
    await dockerOk(world, 'dev', [...keep, '/busybox', 'sleep', '3600']);
    await inKeep('echo kept >/data/file');
  });
  after(() => world?.destroy());

  const inKeep = (script: string) => dockerOk(world, 'dev', ['exec', 'keep', '/busybox', 'sh', '-c', script]);
  const bootOf = () => onHost(world, 'dev', 'cat /proc/sys/kernel/random/boot_id');
  const powerOf = async (): Promise<string> => {
    const vm = '/resourceGroups/docker-machine/providers/Microsoft.Compute/virtualMachines/dev';
    const { body } = await sandbox.azure('GET', `${vm}/instanceView`);
    return body.statuses.map(({ code }: Json) => code).find((code: string) => code.startsWith('PowerState/'));
  };
  const fails = async (args: readonly string[], message: RegExp, nextStep?: RegExp): Promise<void> => {
    const { code, stdout, stderr } = await world.run(args);
    assert.deepEqual([code, stdout], [1, ''], stderr);
    assert.match(stderr, message);
    if (nextStep !== undefined) assert.match(stderr, nextStep);
  };

  it('refuses to start what runs', () => fails(['start', 'dev'], /^Machine "dev" is already running\.$/m));

  it('restarts for real: another boot, and the container comes back as its restart policy says', async () => {
    const before = await bootOf();
    const started = await dockerOk(world, 'dev', ['inspect', '-f', '{{.State.StartedAt}}', 'keep']);
    const { code, stdout, stderr } = await world.run(['restart', 'dev']);
    assert.deepEqual([code, stdout], [0, 'Machine "dev" was restarted.\n'], stderr);
    assert.match(stderr, /^Restarted machines may/m);
    assert.match(stderr, TRAILER);
    assert.notEqual(await bootOf(), before);
    assert.notEqual(await dockerOk(world, 'dev', ['inspect', '-f', '{{.State.StartedAt}}', 'keep']), started);
    assert.equal(await inKeep('/busybox cat /data/file'), 'kept');
  });

  it('stops by giving the hardware back, and says how to start again', async () => {
    const { code, stdout, stderr } = await world.run(['stop', 'dev']);
    assert.deepEqual([code, stdout], [0, 'Machine "dev" was stopped.\n'], stderr);
    assert.equal(await powerOf(), 'PowerState/deallocated');
    await assert.rejects(ping(world, 'dev', await clientSet(machineFolder(world, 'dev'))));
    assert.match(await world.ok(['ls']), /^dev +- +azure +Stopped +Unknown\s*$/m);
    for (const verb of ['stop', 'kill']) await fails([verb, 'dev'], /^Machine "dev" is already stopped\.$/m);
    await fails(['env', 'dev'], /VM is deallocated/, /azdock start dev$/m);
    await fails(['version', 'dev'], /VM is deallocated/, /azdock start dev$/m);
    await fails(['provision', 'dev'], /^dev is not running: it is deallocated\.$/m, /azdock start dev$/m);
  });

  it('starts until the engine answers, with the same data', async () => {
    const { code, stdout, stderr } = await world.run(['start', '--json', 'dev']);
    assert.equal(code, 0, stderr);
    const [started] = JSON.parse(stdout).started;
    assert.equal(started.url, (await world.ok(['url', 'dev'])).trim());
    assert.equal(started.engineVersion, (await world.ok(['version', 'dev'])).trim());
    assert.match(stderr, TRAILER);
    assert.equal(await inKeep('/busybox cat /data/file'), 'kept');
  });

  it('kills without giving the hardware back when told so, and stop then gives it back', async () => {
    assert.equal(await world.ok(['kill', '--no-deallocate', 'dev']), 'Machine "dev" was killed.\n');
    assert.equal(await powerOf(), 'PowerState/stopped');
    const [call] = (await sandbox.journal()).filter(({ path }) => path.endsWith('/powerOff'));
    assert.match(call?.url ?? '', /skipShutdown=true/);
    await fails(['stop', '--no-deallocate', 'dev'], /already stopped/, /azdock stop dev$/m);
    assert.equal(await world.ok(['stop', 'dev']), 'Machine "dev" was stopped.\n');
    assert.equal(await powerOf(), 'PowerState/deallocated');
  });

  it('restarts what is stopped by starting it', async () => {
    assert.equal(await world.ok(['restart', 'dev']), 'Machine "dev" was restarted.\n');
    assert.equal(await world.ok(['status', 'dev']), 'Running\n');
  });

  it('does nothing to any machine when one of them is not there', async () => {
    const { code, stdout, stderr } = await world.run(['stop', 'dev', 'nobody', 'none']);
    assert.deepEqual([code, stdout], [4, '']);
    assert.match(stderr, /"nobody" does not exist[\s\S]*"none" does not exist/);
    assert.equal(await powerOf(), 'PowerState/running');
  });

  it('reboots a host that somebody else made over SSH, and neither starts nor stops it', async () => {
    const key = ['--generic-ssh-user', 'docker-user', '--generic-ssh-key', join(machineFolder(world, 'dev'), 'id_rsa')];
    const address = (await world.ok(['ip', 'dev'])).trim();
    await world.ok(['create', '--driver', 'generic', '--generic-ip-address', address, ...key, 'host']);
    const before = await bootOf();
    assert.equal(await world.ok(['restart', 'host']), 'Machine "host" was restarted.\n');
    assert.notEqual(await bootOf(), before);
    await world.ok(['env', 'host']);
    await fails(['stop', 'host'], /^generic driver does not support stop/m);
    await fails(['start', 'host'], /^Machine "host" is already running\.$/m);
  });
});
