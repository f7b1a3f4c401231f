import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { needs } from '../skip.ts';
import { World } from './azdock.ts';

let world: World;
before(async () => {
  world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
});
after(() => world.destroy());

/** The docker command in this world. @returns stdout */
async function docker(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await world.program('docker', args);
  assert.equal(code, 0, `docker ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

const config = () => join(world.directory, 'home', '.docker');

test('a docker context follows its machine from creation to removal', needs('docker'), async () => {
  await world.ok(['create', '--context', 'one']);
  const url = (await world.ok(['url', 'one'])).trim();
  assert.equal(await docker('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}', 'one'), url);
  assert.match(await docker('--context', 'one', 'version', '--format', '{{.Server.Version}}'), /^\d+\.\d+/);

  const before = await client('one');
  await world.ok(['regenerate-certs', '-f', '--client-certs', 'one']);
  assert.notEqual(await client('one'), before, 'the context has the new certificate');
  assert.match(await docker('--context', 'one', 'version', '--format', '{{.Server.Version}}'), /^\d+\.\d+/);

  await world.ok(['stop', 'one']);
  await world.ok(['start', 'one']);
  const now = (await world.ok(['url', 'one'])).trim();
  assert.equal(await docker('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}', 'one'), now);

  await world.ok(['context', '--use', 'one']);
  assert.equal(await docker('context', 'show'), 'one');
  assert.match(await docker('version', '--format', '{{.Server.Version}}'), /^\d+\.\d+/);

  await world.ok(['rm', '-y', 'one']);
  assert.equal(await docker('context', 'ls', '-q'), 'default');
  assert.equal(await docker('context', 'show'), 'default');
  for (const kind of ['meta', 'tls']) assert.deepEqual(await readdir(join(config(), 'contexts', kind)), []);
});

/** The client certificate of a context. */
async function client(name: string): Promise<string> {
  const { TLSPath: path } = JSON.parse(await docker('context', 'inspect', '--format', '{{json .Storage}}', name));
  const key = await stat(join(path, 'docker', 'key.pem'));
  assert.equal(key.mode & 0o777, 0o600);
  return readFile(join(path, 'docker', 'cert.pem'), 'utf8');
}

test('a context is made and removed by itself, in the directory that DOCKER_CONFIG names', async () => {
  await world.ok(['create', '--driver', 'none', '--url', 'tcp://192.0.2.1:2376', 'far']);
  const env = { DOCKER_CONFIG: join(world.directory, 'elsewhere') };
  const made = JSON.parse(await world.ok(['context', '--json', 'far'], { env }));
  assert.deepEqual(made, { name: 'far', url: 'tcp://192.0.2.1:2376', used: false });
  assert.deepEqual(await readdir(env.DOCKER_CONFIG), ['contexts']);

  assert.match(await world.ok(['context', '--remove', 'far'], { env }), /^Removed docker context far\./);
  assert.match(await world.ok(['context', '--remove', 'far'], { env }), /^There is no docker context far\./);

  await world.ok(['context', '--use', 'far'], { env });
  await world.ok(['rm', '-y', 'far']);
  assert.deepEqual(
    await readdir(join(env.DOCKER_CONFIG, 'contexts', 'meta')),
    [],
    'rm knows where the context was made',
  );
  assert.deepEqual(JSON.parse(await readFile(join(env.DOCKER_CONFIG, 'config.json'), 'utf8')), {});
});

test('a context that azdock did not make is neither changed nor removed', needs('docker'), async () => {
  await docker('context', 'create', 'theirs', '--docker', 'host=tcp://192.0.2.2:2375');
  const refused = await world.run(['create', '--context', 'theirs']);
  assert.equal(refused.code, 10);
  assert.match(refused.stderr, /did not make; it points at tcp:\/\/192\.0\.2\.2:2375/);
  assert.equal((await world.run(['inspect', 'theirs'])).code, 4, 'nothing was made');

  await world.ok(['create', '--driver', 'none', '--url', 'tcp://192.0.2.1:2376', 'theirs']);
  for (const args of [['theirs'], ['--remove', 'theirs']]) {
    assert.equal((await world.run(['context', ...args])).code, 10);
  }
  await world.ok(['rm', '-y', 'theirs']);
  assert.equal(
    await docker('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}', 'theirs'),
    'tcp://192.0.2.2:2375',
  );
});

test('a name that docker does not take is refused before anything is made', async () => {
  for (const name of ['d', 'default']) {
    const { code, stderr } = await world.run(['create', '--context', name]);
    assert.equal(code, 2);
    assert.match(stderr, /cannot be the name of a docker context/);
  }
  assert.equal(await world.ok(['ls', '-q']), '');
});

test('other settings in docker’s configuration stay as they are', async () => {
  const { mkdir, symlink, writeFile, lstat } = await import('node:fs/promises');
  const directory = join(world.directory, 'linked');
  const real = join(world.directory, 'real.json');
  await mkdir(directory);
  await writeFile(real, '{"auths": {"r.example": {}}, "detachKeys": "ctrl-e"}', { mode: 0o640 });
  await symlink(real, join(directory, 'config.json'));
  const env = { DOCKER_CONFIG: directory };
  await world.ok(['create', '--driver', 'none', '--url', 'tcp://192.0.2.1:2376', 'kept']);
  await world.ok(['context', '--use', 'kept'], { env });

  const wanted = { auths: { 'r.example': {} }, detachKeys: 'ctrl-e', currentContext: 'kept' };
  assert.deepEqual(JSON.parse(await readFile(real, 'utf8')), wanted);
  assert.equal((await stat(real)).mode & 0o777, 0o640);
  assert.ok((await lstat(join(directory, 'config.json'))).isSymbolicLink());

  await writeFile(real, 'not json');
  const { code, stderr } = await world.run(['context', '--use', 'kept'], { env });
  assert.equal(code, 1);
  assert.match(stderr, /config\.json is no JSON/);
  await world.ok(['rm', '-y', 'kept']);
});
