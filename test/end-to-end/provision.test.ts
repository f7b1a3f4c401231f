import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { clientSet, machineFolder, servedCertificate } from './engine.ts';
import { asRoot } from './host.ts';
import { until, WorldSandbox } from './world-sandbox.ts';

describe('provision', needs(...linuxGuests), () => {
  let world: World;
  let sandbox: WorldSandbox;

  before(async () => {
    world = await World.create(LINUX);
    sandbox = await WorldSandbox.up(world, ['--docker-extension', 'fails']);
  });
  after(() => world?.destroy());

  const phaseOf = async (machine: string): Promise<string> =>
    JSON.parse(await world.file(machine, 'azdock.json')).phase;
  const served = async (machine: string) =>
    servedCertificate(world, machine, await clientSet(machineFolder(world, machine)));

  it('completes a machine whose creation failed at the engine, with what was asked for', async () => {
    const wanted = ['--azure-provisioner', 'docker-extension', '--engine-label', 'team=a'];
    const failed = await world.run(['create', 'dev', '--no-rollback', ...wanted]);
    assert.equal(failed.code, 1);
    assert.match(failed.stderr, /^ {2}.*: +azdock create dev --resume --azure-provisioner [\w-]+$/m);
    assert.equal((await world.run(['env', 'dev'])).stderr.match(/azdock create dev --resume$/m)?.length, 1);

    await WorldSandbox.up(world, ['--docker-extension', 'works']);
    const { provisioned } = await world.json(['provision', 'dev']);
    assert.equal(provisioned[0].name, 'dev');
    assert.equal(provisioned[0].engineVersion, (await world.ok(['version', 'dev'])).trim());
    const { phase, provisioner } = JSON.parse(await world.file('dev', 'azdock.json'));
    assert.deepEqual([phase, provisioner], ['ready', 'docker-extension']);
    assert.equal((await world.json(['ls']))[0].error, null);
    assert.match(await asRoot(world, 'dev', 'docker info -f "{{.Labels}}"'), /team=a/);
  });

  it('completes a machine whose creation was killed', async () => {
    const child = world.start(['create', 'cut', '--azure-provisioner', 'custom-script']);
    const pushed = ({ method, path }: { method: string; path: string }) =>
      method === 'PUT' && /\/cut\/extensions\//.test(path);
    await until(async () => (await sandbox.journal()).some(pushed));
    child.kill('SIGKILL');
    await once(child, 'close');
    assert.equal(await phaseOf('cut'), 'creating');
    assert.match(await world.ok(['provision', 'cut']), /^cut is running Docker [\d.]+.* at tcp:/);
    assert.equal(await phaseOf('cut'), 'ready');
    await world.ok(['env', 'cut']);
  });

  it('puts right what somebody changed on the host, and keeps the certificate', async () => {
    const before = await served('dev');
    for (const machine of ['dev', 'cut']) {
      await asRoot(world, machine, 'rm /etc/docker/key.pem; systemctl stop docker.socket docker');
      assert.equal((await world.run(['env', machine])).code, 1);
    }
    const { code, stdout, stderr } = await world.run(['provision', 'dev', 'cut']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^dev is running Docker .*\ncut is running Docker .*\n$/);
    assert.match(stderr, /^dev: Docker engine on dev: done/m);
    for (const machine of ['dev', 'cut']) await world.ok(['env', machine]);
    assert.equal(await served('dev'), before);
  });

  it('says what to do with a machine whose VM is gone', async () => {
    const vm = '/resourceGroups/docker-machine/providers/Microsoft.Compute/virtualMachines/cut';
    await sandbox.azure('DELETE', vm);
    await until(async () => (await sandbox.azure('GET', vm)).status === 404);
    for (const verb of ['provision', 'start', 'stop', 'upgrade']) {
      const { code, stdout, stderr } = await world.run([verb, 'cut']);
      assert.deepEqual([code, stdout], [1, '']);
      assert.match(stderr, /azdock rm cut$/m, verb);
    }
  });
});
