import assert from 'node:assert/strict';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ca, client, serverCertificate, startEngine } from '../engine/engine-fixture.ts';
import { World } from './azdock.ts';
import { machineFolder } from './engine.ts';

async function place(context: TestContext): Promise<World> {
  const world = await World.create();
  context.after(() => world.destroy());
  return world;
}

/** Certificates of the engine fixture, as the user of somebody else's engine has them. */
function givenFiles(world: World): string[] {
  const files = { 'tls-ca-cert': ca.cert, 'tls-client-cert': client.cert, 'tls-client-key': client.key.reveal() };
  return Object.entries(files).flatMap(([flag, text]) => {
    const file = join(world.directory, `${flag}.pem`);
    writeFileSync(file, text, { mode: 0o600 });
    return [`--${flag}`, file];
  });
}

test('an engine that is there becomes a machine by its URL, with the certificates that belong to it', async (context) => {
  const world = await place(context);
  const engine = await startEngine(context, await serverCertificate());
  const url = `tcp://127.0.0.1:${engine.port}`;
  const made = await world.ok(['create', ...givenFiles(world), '--driver', 'none', '--url', url, 'far']);
  assert.equal(made, `far stands for the engine at ${url}.\n`);
  assert.equal(await world.ok(['url', 'far']), `${url}\n`);
  assert.equal(await world.ok(['ip', 'far']), `127.0.0.1:${engine.port}\n`);
  assert.equal(await world.ok(['status', 'far']), 'Running\n');
  const folder = machineFolder(world, 'far');
  assert.match(await world.ok(['env', '--shell', 'sh', 'far']), new RegExp(`DOCKER_CERT_PATH="${folder}"`));
  for (const file of ['ca.pem', 'cert.pem', 'key.pem']) assert.ok(existsSync(join(folder, file)), file);
  assert.equal(await world.ok(['ls', '-f', '{{.State}} {{.URL}} {{.DockerVersion}}']), `Running ${url} v28.2.2\n`);
  await world.ok(['rm', '-y', 'far']);
  assert.deepEqual(readdirSync(join(world.store, 'machines')), []);
});

test('its record is docker-machine’s, key for key', async (context) => {
  const world = await place(context);
  await world.ok(['create', '-d', 'none', '-url', 'tcp://127.0.0.1:1', '--engine-label=a=b', 'far']);
  const { Driver: driver, DriverName: name, HostOptions: options } = JSON.parse(await world.file('far', 'config.json'));
  assert.equal(name, 'none');
  assert.deepEqual(Object.entries(driver), [
    ['IPAddress', '127.0.0.1:1'],
    ['MachineName', 'far'],
    ['SSHUser', ''],
    ['SSHPort', 0],
    ['SSHKeyPath', ''],
    ['StorePath', world.store],
    ['SwarmMaster', false],
    ['SwarmHost', ''],
    ['SwarmDiscovery', ''],
    ['URL', 'tcp://127.0.0.1:1'],
  ]);
  assert.deepEqual(options.EngineOptions.Labels, ['a=b']);
  assert.equal(JSON.parse(await world.file('far', 'azdock.json')).phase, 'ready');
  const certs = ['ca-key.pem', 'ca.pem', 'cert.pem', 'key.pem'];
  assert.deepEqual(
    readdirSync(join(world.store, 'certs')).sort(),
    certs,
    'CA and client certificate are made, as for any',
  );
});

test('without a URL, or with flags of another driver, nothing is made', async (context) => {
  const world = await place(context);
  const refused = async (args: readonly string[], message: RegExp) => {
    const { code, stderr } = await world.run(['create', ...args, 'far']);
    assert.equal(code, 2, stderr);
    assert.match(stderr, message);
  };
  await refused(['-d', 'none'], /^--url option is required when no driver is selected$/m);
  await refused(['--url', 'tcp://a:1'], /^--url belongs to driver none, .* from driver azure\.$/m);
  await refused(['-d', 'none', '--url', 'tcp://a:1', '--azure-size', 'x'], /^--azure-size belongs to driver azure/m);
  await refused(['-d', 'none', '--url', 'tcp://a:1', '--compose', 'x'], /^--compose does not go with driver none/m);
  await refused(['-d', 'none', '--url', 'tcp://a\nb'], /^--url holds a line break/m);
  assert.ok(!existsSync(join(world.store, 'machines', 'far')));
});

test('any other text is taken for a URL, as docker-machine does, and is of no use to env', async (context) => {
  const world = await place(context);
  const { code, stderr } = await world.run(['create', '-d', 'none', '--url', 'url1', 'odd']);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /url1 is not tcp:\/\/HOST:PORT, so env and config cannot use odd\./);
  assert.equal(await world.ok(['url', 'odd']), 'url1\n');
  assert.equal(await world.ok(['ls', '-f', '{{.Name}} {{.State}} {{.URL}}']), 'odd Running url1\n');
  const env = await world.run(['env', 'odd']);
  assert.deepEqual([env.code, env.stdout], [1, '']);
  assert.match(env.stderr, /has the URL "url1"; tcp:\/\/HOST:PORT is expected/);
});

test('for a machine of docker-machine, which copies nothing, the certificates of the store are used', async (context) => {
  const world = await place(context);
  const engine = await startEngine(context, await serverCertificate());
  const url = `tcp://127.0.0.1:${engine.port}`;
  await world.ok(['create', '-d', 'none', '--url', url, 'far']);
  const certs = join(world.store, 'certs');
  const files = { 'ca.pem': ca.cert, 'cert.pem': client.cert, 'key.pem': client.key.reveal() };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(certs, name), text);
  await world.program('sh', ['-c', 'rm "$0"/*.pem "$0"/azdock.json', machineFolder(world, 'far')]);
  assert.match(await world.ok(['env', '--shell', 'sh', 'far']), new RegExp(`DOCKER_CERT_PATH="${certs}"`));
  assert.match(await world.ok(['config', 'far']), new RegExp(`--tlscert="${certs}/cert\\.pem"`));
});

test('a missing driver is named with those that there are', async (context) => {
  const world = await place(context);
  const { code, stderr } = await world.run(['create', '-d', 'virtualbox', 'box']);
  assert.equal(code, 1);
  assert.match(stderr, /^Driver "virtualbox" not found: azdock has the drivers azure, generic and none\.$/m);
});
