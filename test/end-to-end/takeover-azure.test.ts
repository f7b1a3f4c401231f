import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { finish, type Json } from '../sandbox/raw-https.ts';
import { World } from './azdock.ts';
import { OLD_VERSIONS, type OldVersion, oldRecord, STRANGE } from './old-records.ts';
import { WorldSandbox } from './world-sandbox.ts';

/**
 * A VM as docker-machine would have made it: in Azure without tags and without resources that go with it, in the store with a
 * record of the given version, without address, and no `azdock.json`.
 */
async function makeOld(world: World, sandbox: WorldSandbox, version: OldVersion): Promise<string> {
  const name = `v${version}`;
  await world.ok(['create', '--azure-resource-group', `group-${name}`, name]);
  for (const id of await sandbox.resourcesIn(`group-${name}`)) {
    if (id.startsWith('guest of ') || /\/(disks|subnets|extensions)\//i.test(id)) continue;
    const { body, status } = await sandbox.azure('GET', id);
    assert.equal(status, 200, id);
    assert.ok(body.tags !== undefined, `${id} has tags`);
    const put = await sandbox.azure('PUT', id, withoutTies({ ...body, tags: {} }));
    assert.ok(put.status < 300, put.text);
    await finish(sandbox.azure, put);
  }
  const dir = join(world.store, 'machines', name);
  const { Driver } = JSON.parse(readFileSync(join(dir, 'config.json'), 'utf8'));
  const { StorePath: _root, ...driver } = Driver;
  const machine = { root: world.store, name, driverName: 'azure', driver: { ...driver, IPAddress: '' } } as const;
  writeFileSync(join(dir, 'config.json'), oldRecord(version, machine));
  rmSync(join(dir, 'azdock.json'));
  return name;
}

/** docker-machine's VMs leave disk, NIC and address behind when they are deleted. */
function withoutTies(body: Json): Json {
  const { storageProfile, networkProfile } = body.properties;
  if (storageProfile !== undefined) storageProfile.osDisk.deleteOption = 'Detach';
  for (const nic of networkProfile?.networkInterfaces ?? []) nic.properties.deleteOption = 'Detach';
  return body;
}

test('Azure machines that docker-machine made are used, changed and removed without loss', async (context) => {
  const world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
  context.after(() => world.destroy());
  const sandbox = await WorldSandbox.up(world);
  const names = await Promise.all(OLD_VERSIONS.map((version) => makeOld(world, sandbox, version)));

  await context.test('what reads asks Azure for the address, and changes nothing', async () => {
    await Promise.all(
      names.map(async (name) => {
        const file = join(world.store, 'machines', name, 'config.json');
        const text = readFileSync(file, 'utf8');
        const address = (await world.ok(['ip', name])).trim();
        assert.match(address, /^127\.[\d.]+$/);
        assert.equal(await world.ok(['url', name]), `tcp://${address}:2376\n`);
        assert.equal(await world.ok(['status', name]), 'Running\n');
        assert.ok((await world.ok(['env', '--shell', 'sh', name])).includes(`DOCKER_HOST="tcp://${address}:2376"`));
        assert.ok((await world.ok(['config', name])).includes(`-H=tcp://${address}:2376`));
        assert.equal(JSON.parse(await world.ok(['inspect', name])).Driver.IPAddress, '');
        assert.equal(readFileSync(file, 'utf8'), text);
      }),
    );
    const listed = await world.ok(['ls', '--format', '{{.Name}} {{.State}} {{.DriverName}}']);
    assert.equal(listed, names.map((name) => `${name} Running azure\n`).join(''));
  });

  await context.test('what writes keeps unknown keys, and the old format beside the new one', async () => {
    const before = new Map(names.map((name) => [name, readFileSync(configOf(world, name), 'utf8')]));
    await world.ok(['restart', ...names]);
    await world.ok(['regenerate-certs', '-f', ...names]);
    for (const [at, name] of names.entries()) {
      const record = JSON.parse(readFileSync(configOf(world, name), 'utf8'));
      assert.equal(record.ConfigVersion, 3);
      assert.equal(`${record.Driver.IPAddress}\n`, await world.ok(['ip', name]), 'it has been written');
      assert.deepEqual(
        [record[STRANGE.host], record.Driver[STRANGE.driver], record.HostOptions.EngineOptions[STRANGE.engine]],
        ['host', 'driver', 'engine'],
      );
      assert.deepEqual(record.HostOptions.EngineOptions.ArbitraryFlags, ['experimental=true']);
      const backup = `${configOf(world, name)}.bak`;
      if (OLD_VERSIONS[at] === 3) assert.ok(!existsSync(backup));
      else assert.equal(readFileSync(backup, 'utf8'), before.get(name));
      await world.ok(['config', name]);
    }
  });

  await context.test('rm finds by name what carries no tag, also after azdock has worked on the machine', async () => {
    await world.ok(['rm', '-y', ...names]);
    // Group and network carry no tag of azdock's: they could be anybody's.
    const shared = ['Microsoft.Network/virtualNetworks', 'Microsoft.Resources/resourceGroups'];
    const left = Object.keys(await sandbox.counts()).filter((type) => !shared.includes(type));
    assert.deepEqual(left, []);
    for (const name of names) assert.ok(!existsSync(join(world.store, 'machines', name)));
  });
});

function configOf(world: World, name: string): string {
  return join(world.store, 'machines', name, 'config.json');
}
