import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { X509Certificate } from 'node:crypto';
import { World } from './azdock.ts';
import { WorldSandbox } from './world-sandbox.ts';

/** Every file below a folder, with its text. */
function filesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(join(folder, file)).isFile())
    .sort();
  return new Map(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

describe('many azdocks at once in one store', () => {
  let world: World;
  let sandbox: WorldSandbox;
  const machine = (name: string, file: string): string => join(world.store, 'machines', name, file);
  const oldNames = Array.from({ length: 8 }, (_none, at) => `old-${at}`);
  const newNames = Array.from({ length: 8 }, (_none, at) => `new-${at}`);
  const create = async (name: string): Promise<void> => {
    const { code, stderr } = await world.run(['create', '--progress', 'none', name]);
    assert.equal(code, 0, stderr);
  };

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    sandbox = await WorldSandbox.up(world);
    await Promise.all(oldNames.map(create));
  });
  after(() => world?.destroy());

  test('25 ip and 25 env at once all answer rightly, and change no file', async () => {
    const before = filesOf(world.store);
    const expected = new Map(
      oldNames.map((name) => [name, JSON.parse(readFileSync(machine(name, 'config.json'), 'utf8')).Driver.IPAddress]),
    );
    const calls = Array.from({ length: 50 }, async (_none, at) => {
      const name = oldNames[at % oldNames.length] ?? assert.fail();
      const verb = at < 25 ? ['ip', name] : ['env', '--shell', 'sh', name];
      const { code, stdout, stderr } = await world.run(verb);
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, verb.join(' '));
      const address = expected.get(name);
      if (at < 25) assert.equal(stdout, `${address}\n`);
      else assert.ok(stdout.includes(`\nexport DOCKER_HOST="tcp://${address}:2376"\n`), stdout);
    });
    await Promise.all(calls);
    assert.deepEqual(filesOf(world.store), before);
  });

  test('8 creations and 8 removals at once lose nothing and leave nothing', async () => {
    const removals = oldNames.map(async (name) => {
      const { code, stderr } = await world.run(['rm', '-y', '--progress', 'none', name]);
      assert.equal(code, 0, stderr);
    });
    await Promise.all([...newNames.map(create), ...removals]);
    assert.deepEqual(readdirSync(join(world.store, 'machines')).sort(), newNames);

    const ca = readFileSync(join(world.store, 'certs', 'ca.pem'), 'utf8');
    const serials = new Set<string>();
    for (const name of newNames) {
      const record = JSON.parse(readFileSync(machine(name, 'config.json'), 'utf8'));
      assert.equal(record.Name, name);
      assert.equal(JSON.parse(readFileSync(machine(name, 'azdock.json'), 'utf8')).phase, 'ready');
      assert.equal(readFileSync(machine(name, 'ca.pem'), 'utf8'), ca);
      const server = new X509Certificate(readFileSync(machine(name, 'server.pem')));
      assert.ok(server.checkIP(record.Driver.IPAddress), `${name}'s certificate is for ${record.Driver.IPAddress}`);
      serials.add(server.serialNumber);
    }
    assert.equal(serials.size, newNames.length);
    const configs = await Promise.all(newNames.map((name) => world.run(['config', name])));
    for (const { code, stderr } of configs) assert.equal(code, 0, stderr);

    const ids = await sandbox.resourcesIn('docker-machine');
    for (const name of newNames)
      assert.ok(
        ids.some((id) => id.endsWith(`/virtualMachines/${name}`)),
        name,
      );
    assert.deepEqual(
      ids.filter((id) => oldNames.some((name) => id.includes(`/${name}`))),
      [],
    );
  });

  test('two creations of one name: one makes the machine, the other says that it exists', async () => {
    const runs = await Promise.all(['twin', 'twin'].map((name) => world.run(['create', name])));
    assert.deepEqual(runs.map(({ code }) => code).sort(), [0, 5], runs.map(({ stderr }) => stderr).join());
    assert.equal((await world.run(['config', 'twin'])).code, 0);
  });

  test('8 removals and a second one of each at once: nothing is left of any', async () => {
    const names = [...newNames, 'twin'];
    const runs = await Promise.all([...names, ...names].map((name) => world.run(['rm', '-y', name])));
    for (const { code, stderr } of runs) assert.ok(code === 0 || (code === 4 && /does not exist/.test(stderr)), stderr);
    assert.equal(runs.filter(({ code }) => code === 0).length >= names.length, true);
    assert.deepEqual(readdirSync(join(world.store, 'machines')), []);
    assert.deepEqual(await sandbox.counts(), {});
    assert.ok(existsSync(join(world.store, 'certs', 'ca.pem')));
  });
});
