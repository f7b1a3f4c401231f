import assert from 'node:assert/strict';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { World } from './azdock.ts';

/** Every key of a record that docker-machine 0.16.2 writes for driver `azure`, in its order, with its types. */
const RECORD = readFileSync(new URL('../fixtures/azure-record-keys.txt', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n');

describe('the store after create, as docker-machine reads it', () => {
  let world: World;

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    await world.ok([
      'create',
      'dev',
      '--engine-label',
      'a=<b>&c',
      '--tls-san',
      'engine.test',
      '--azure-open-port',
      '80',
    ]);
    await world.ok(['create', 'plain']);
  });
  after(() => world?.destroy());

  const record = (machine: string) => readFileSync(join(world.store, 'machines', machine, 'config.json'), 'utf8');

  it('holds a record with exactly the keys of docker-machine, in its order and of its types', () => {
    for (const machine of ['dev', 'plain']) assert.deepEqual(keys(JSON.parse(record(machine))), RECORD);
  });

  it('is written as Go writes JSON: four spaces, no newline at the end, and <, > and & as escapes', () => {
    const text = record('dev');
    assert.equal(
      text,
      JSON.stringify(JSON.parse(text), undefined, 4).replace(
        /[<>&]/g,
        (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`,
      ),
    );
    assert.match(text, /"a=\\u003cb\\u003e\\u0026c"/);
  });

  it('says in the record what was asked for, with absolute paths into this store', async () => {
    const { Driver: driver, DriverName: driverName, HostOptions: options, Name: name } = JSON.parse(record('dev'));
    const folder = join(world.store, 'machines', 'dev');
    assert.deepEqual([driverName, name, driver.MachineName], ['azure', 'dev', 'dev']);
    assert.deepEqual(
      [driver.SSHUser, driver.SSHPort === 0, driver.SSHKeyPath],
      ['docker-user', false, join(folder, 'id_rsa')],
    );
    assert.deepEqual([driver.StorePath, driver.DockerPort, driver.OpenPorts], [world.store, 2376, ['80']]);
    assert.equal(driver.ClientSecret, '');
    assert.deepEqual(options.EngineOptions.Labels, ['a=<b>&c']);
    const auth = options.AuthOptions;
    assert.deepEqual(auth.ServerCertSANs, ['engine.test']);
    assert.deepEqual([auth.CertDir, auth.StorePath], [join(world.store, 'certs'), folder]);
    assert.deepEqual(
      [auth.ServerCertPath, auth.CaCertPath],
      [join(folder, 'server.pem'), join(world.store, 'certs', 'ca.pem')],
    );
    assert.equal((await world.ok(['ip', 'dev'])).trim(), driver.IPAddress);
  });

  it('has the files of docker-machine with its modes, and one more of azdock', () => {
    assert.deepEqual(modes(join(world.store, 'machines', 'dev')), [
      'azdock.json 600',
      'ca.pem 644',
      'cert.pem 644',
      'config.json 600',
      'id_rsa 600',
      'id_rsa.pub 600',
      'key.pem 600',
      'server-key.pem 600',
      'server.pem 644',
    ]);
    assert.deepEqual(modes(join(world.store, 'certs')), [
      'ca-key.pem 600',
      'ca.pem 644',
      'cert.pem 644',
      'key.pem 600',
    ]);
    for (const folder of ['.', 'certs', 'machines', 'machines/dev'])
      assert.equal(lstatSync(join(world.store, folder)).mode & 0o777, 0o700, folder);
  });

  it('is not changed by commands that only read', async () => {
    const before = record('dev') + readFileSync(join(world.store, 'machines', 'dev', 'azdock.json'), 'utf8');
    for (const verb of ['env', 'config', 'ip', 'url', 'status', 'inspect', 'ls'])
      await world.run([verb, ...(verb === 'ls' ? [] : ['dev'])]);
    assert.equal(record('dev') + readFileSync(join(world.store, 'machines', 'dev', 'azdock.json'), 'utf8'), before);
  });
});

/** `path: type` of every value, in the order of the file. Empty lists and null are both `list`, as for Go. */
function keys(value: unknown, path = ''): string[] {
  if (value === null || Array.isArray(value)) return [`${path}: list`];
  if (typeof value !== 'object') return [`${path}: ${typeof value}`];
  return Object.entries(value).flatMap(([key, item]) => keys(item, path === '' ? key : `${path}.${key}`));
}

function modes(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => `${name} ${(lstatSync(join(folder, name)).mode & 0o777).toString(8)}`);
}
