import assert from 'node:assert/strict';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ca, client, serverCertificate, startEngine } from '../engine/engine-fixture.ts';
import { World } from './azdock.ts';
import { OLD_VERSIONS, type OldMachine, oldRecord, STRANGE } from './old-records.ts';

/** A store with the certificates of the engine fixture, and machines of every version. */
function writeStore(root: string, machines: readonly { readonly machine: OldMachine; readonly text: string }[]): void {
  const certs = join(root, 'certs');
  mkdirSync(certs, { recursive: true, mode: 0o700 });
  const files = [
    ['ca.pem', ca.cert, 0o644],
    ['ca-key.pem', ca.key.reveal(), 0o600],
    ['cert.pem', client.cert, 0o644],
    ['key.pem', client.key.reveal(), 0o600],
  ] as const;
  for (const [file, text, mode] of files) writeFileSync(join(certs, file), text, { mode });
  for (const { machine, text } of machines) {
    const dir = join(root, 'machines', machine.name);
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    writeFileSync(join(dir, 'config.json'), text, { mode: 0o600 });
    for (const file of ['ca.pem', 'cert.pem', 'key.pem']) copyFileSync(join(certs, file), join(dir, file));
  }
}

/** A machine of each version, called `v0` to `v3`. */
function everyVersion(machine: Omit<OldMachine, 'name'>): { machine: OldMachine; text: string }[] {
  return OLD_VERSIONS.map((version) => {
    const named = { ...machine, name: `v${version}` };
    return { machine: named, text: oldRecord(version, named) };
  });
}

async function oldWorld(context: TestContext): Promise<World> {
  const world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
  context.after(() => world.destroy());
  return world;
}

for (const driverName of ['none', 'generic'] as const) {
  test(`machines of driver ${driverName} that docker-machine made are used and removed, whatever version their record has`, async (context) => {
    const world = await oldWorld(context);
    const engine = await startEngine(context, await serverCertificate());
    const url = `tcp://127.0.0.1:${engine.port}`;
    const driver =
      driverName === 'none'
        ? { IPAddress: `127.0.0.1:${engine.port}`, URL: url }
        : { IPAddress: '127.0.0.1', SSHUser: 'root', SSHPort: 22, EnginePort: engine.port, SSHKey: '' };
    const machines = everyVersion({ root: world.store, driverName, driver });
    writeStore(world.store, machines);

    const listed = await world.ok([
      'ls',
      '--format',
      '{{.Name}} {{.DriverName}} {{.State}} {{.URL}} {{.DockerVersion}}',
    ]);
    assert.equal(listed, OLD_VERSIONS.map((v) => `v${v} ${driverName} Running ${url} v28.2.2\n`).join(''));
    for (const { machine, text } of machines) {
      const { name } = machine;
      const dir = join(world.store, 'machines', name);
      const record = JSON.parse(await world.ok(['inspect', name]));
      assert.deepEqual([record.ConfigVersion, record.Name, record.Driver.StorePath], [3, name, world.store]);
      assert.deepEqual(record.HostOptions.EngineOptions.Labels, ['tier=old']);
      assert.equal(record.HostOptions.AuthOptions.CaPrivateKeyPath, join(world.store, 'certs', 'ca-key.pem'));
      assert.equal(record.HostOptions.AuthOptions.StorePath, dir);
      assert.deepEqual(
        [record[STRANGE.host], record.Driver[STRANGE.driver], record.HostOptions.EngineOptions[STRANGE.engine]],
        ['host', 'driver', 'engine'],
      );
      assert.equal(await world.ok(['ip', name]), `${driver.IPAddress}\n`);
      assert.equal(await world.ok(['url', name]), `${url}\n`);
      assert.equal(await world.ok(['status', name]), 'Running\n');
      assert.match(await world.ok(['config', name]), new RegExp(`^--tlscacert="${dir}/ca\\.pem"$`, 'm'));
      assert.match(
        await world.ok(['env', '--shell', 'sh', name]),
        new RegExp(`^export DOCKER_CERT_PATH="${dir}"$`, 'm'),
      );
      assert.equal(readFileSync(join(dir, 'config.json'), 'utf8'), text, 'reading changes nothing');
      assert.ok(!existsSync(join(dir, 'config.json.bak')));
    }
    await world.ok(['rm', '-y', ...machines.map(({ machine }) => machine.name)]);
    assert.deepEqual(readdirSync(join(world.store, 'machines')), []);
  });
}

test('records of Azure’s classic deployment model are shown, refused with what to do, and can be dropped', async (context) => {
  const world = await oldWorld(context);
  // docker-machine 0.6 and older: no resource group.
  const driver = {
    SSHUser: 'ubuntu',
    SSHPort: 22,
    SubscriptionID: '00000000-0000-0000-0000-000000000000',
    SubscriptionCert: '/home/u/cert.pem',
    PublishSettingsFilePath: '',
    Location: 'West US',
    Size: 'Small',
    DockerPort: 2376,
  };
  const machine: OldMachine = { root: world.store, name: 'classic', driverName: 'azure', driver };
  writeStore(world.store, [{ machine, text: oldRecord(0, machine) }]);
  assert.match(await world.ok(['ls']), /^classic +.*azure/m);
  assert.equal(JSON.parse(await world.ok(['inspect', 'classic'])).Driver.Size, 'Small');
  const refused = await world.run(['rm', '-y', 'classic']);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /classic deployment model/);
  assert.match(refused.stderr, /azdock rm -f classic/);
  assert.equal((await world.run(['rm', '-f', 'classic'])).code, 0);
  assert.deepEqual(readdirSync(join(world.store, 'machines')), []);
});
