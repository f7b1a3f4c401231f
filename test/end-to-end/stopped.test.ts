import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { finish } from '../sandbox/raw-https.ts';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { WorldSandbox } from './world-sandbox.ts';

const VM = '/resourceGroups/docker-machine/providers/Microsoft.Compute/virtualMachines/sleeper';

describe('a machine whose VM somebody deallocated', needs(...linuxGuests), () => {
  let world: World;
  let sandbox: WorldSandbox;

  before(async () => {
    world = await World.create(LINUX);
    sandbox = await WorldSandbox.up(world);
    await world.ok(['create', 'sleeper', '--azure-provisioner', 'custom-script']);
    assert.equal(await world.ok(['status', 'sleeper']), 'Running\n');
    await finish(sandbox.azure, await sandbox.azure('POST', `${VM}/deallocate`));
  });
  after(() => world?.destroy());

  it('is stopped, says status', async () => {
    assert.equal(await world.ok(['status', 'sleeper']), 'Stopped\n');
    assert.deepEqual(await world.json(['status', 'sleeper']), { name: 'sleeper', state: 'Stopped' });
  });

  for (const verb of ['env', 'config']) {
    it(`is refused by ${verb}: exit code 1, nothing on stdout, the reason and a command to run`, async () => {
      const { code, stdout, stderr } = await world.run([verb, 'sleeper']);
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, /^sleeper does not answer at tcp:\/\/[\d.]+:2376: .*Azure says the VM is deallocated\.$/m);
      assert.match(stderr, /^ {2}\S.*: +azdock \w+ sleeper$/m);
    });
  }

  it('is listed as stopped, without a URL and without an error', async () => {
    const [row] = await world.json(['ls']);
    const { name, active, driver, state, url, docker, error } = row;
    assert.deepEqual(
      { name, active, driver, state, url, docker, error },
      {
        name: 'sleeper',
        active: false,
        driver: 'azure',
        state: 'Stopped',
        url: null,
        docker: null,
        error: null,
      },
    );
    const table = (await world.ok(['ls'])).split('\n');
    assert.match(table[1] ?? '', /^sleeper +- +azure +Stopped +Unknown\s*$/);
    assert.equal(await world.ok(['ls', '-q', '--filter', 'state=Stopped']), 'sleeper\n');
    assert.equal(await world.ok(['ls', '-q', '--filter', 'state=Running']), '');
  });

  it('keeps what is on record: url and ip are those that it will have again', async () => {
    const ip = (await world.ok(['ip', 'sleeper'])).trim();
    assert.equal(await world.ok(['url', 'sleeper']), `tcp://${ip}:2376\n`);
  });

  it('works again with the same certificates when it has been started', async () => {
    await finish(sandbox.azure, await sandbox.azure('POST', `${VM}/start`));
    for (let tries = 0; tries < 100; tries += 1) if ((await world.run(['env', 'sleeper'])).code === 0) break;
    assert.equal(await world.ok(['status', 'sleeper']), 'Running\n');
    await world.ok(['env', 'sleeper']);
  });
});
