import assert from 'node:assert/strict';
import { mkdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { needs } from '../skip.ts';
import { addMachine } from '../machine/store-fixture.ts';
import { type Result, type RunOptions, World } from './azdock.ts';

let world: World;
beforeEach(async () => {
  world = await World.create();
  addMachine(world.store, 'dev', 'none', { URL: 'tcp://192.0.2.1:2376', IPAddress: '192.0.2.1' });
});
afterEach(() => world.destroy());

const link = () => join(world.directory, 'bin', 'docker-machine');
const plugin = () => join(world.directory, 'home', '.docker', 'cli-plugins', 'docker-machine');
const docker = (args: string[], options?: RunOptions): Promise<Result> => world.program('docker', args, options);

/** As users call it: by the link on PATH. */
async function azdock(args: string[], options?: RunOptions): Promise<Result> {
  return world.program('azdock', args, options);
}

async function ok(run: Promise<Result>): Promise<string> {
  const { code, stdout, stderr } = await run;
  assert.equal(code, 0, stderr);
  return stdout;
}

test('alias install sets up both names beside azdock, and alias remove takes them back', async () => {
  const { target, links } = JSON.parse(await ok(azdock(['alias', 'install', '--json'])));
  assert.deepEqual(links, [link(), plugin()]);
  assert.equal(target, join(world.directory, 'bin', 'azdock'));
  assert.equal(await readlink(link()), target);
  assert.equal(await ok(world.program('docker-machine', ['url', 'dev'])), 'tcp://192.0.2.1:2376\n');

  await ok(world.program('docker-machine', ['alias', 'install']));
  assert.equal(await readlink(link()), target, 'doing it again, by its other name, changes nothing');

  assert.deepEqual(JSON.parse(await ok(azdock(['alias', 'remove', '--json']))), {
    removed: [link(), plugin()],
    left: [],
  });
  assert.match(await ok(azdock(['alias', 'remove'])), /nothing to remove/);
});

test('what is not azdock’s is never overwritten or removed, and keeps everything from being done', async () => {
  await mkdir(join(plugin(), '..'), { recursive: true });
  const things: readonly (readonly [RegExp, (path: string) => Promise<unknown>])[] = [
    [/There is a file of 5 bytes at/, (path) => writeFile(path, 'other')],
    [/There is a link to \/usr\/bin\/docker-machine at/, (path) => symlink('/usr/bin/docker-machine', path)],
    [/There is a directory at/, (path) => mkdir(path)],
  ];
  for (const [message, make] of things) {
    for (const path of [link(), plugin()]) {
      await make(path);
      const { code, stdout, stderr } = await azdock(['alias', 'install']);
      assert.equal(code, 10);
      assert.equal(stdout, '');
      assert.match(stderr, message);
      assert.deepEqual(JSON.parse(await ok(azdock(['alias', 'remove', '--json']))), { removed: [], left: [path] });
      await rm(path, { recursive: true });
    }
  }
});

test('a link of an azdock that is gone is ours, and is replaced', async () => {
  await symlink('/old/lib/node_modules/azdock/bin/run.js', link());
  await ok(azdock(['alias', 'install', '--no-plugin']));
  assert.equal(await readlink(link()), join(world.directory, 'bin', 'azdock'));
  await assert.rejects(readlink(plugin()));
});

test('the place can be named, and is warned about when it is not on PATH', async () => {
  const env = { DOCKER_CONFIG: join(world.directory, 'config') };
  const { code, stderr } = await azdock(['alias', 'install', '--bin-dir', 'own'], { env });
  assert.equal(code, 0);
  assert.match(stderr, /own is not on PATH/);
  assert.notEqual(await readlink(join(world.directory, 'own', 'docker-machine')), '');
  assert.notEqual(await readlink(join(env.DOCKER_CONFIG, 'cli-plugins', 'docker-machine')), '');
});

test('docker takes it for a plugin and hands its words over', needs('docker'), async () => {
  await ok(azdock(['alias', 'install']));
  assert.match(await ok(docker(['--help'])), /machine\* +Docker hosts on Azure/);
  const calls: readonly (readonly [string[], string | RegExp])[] = [
    [['machine', 'url', 'dev'], 'tcp://192.0.2.1:2376\n'],
    [['--context', 'machine', 'machine', 'url', 'dev'], 'tcp://192.0.2.1:2376\n'],
    [['-H', 'tcp://machine', '-l', 'info', '--tls', 'machine', 'url', 'dev'], 'tcp://192.0.2.1:2376\n'],
    [['machine', '-s', '/none', 'ls', '-q'], ''],
    [['machine', '--help'], /^Docker hosts on Azure from one command/],
    [['help', 'machine', 'url'], /^Print the URL of a machine/],
    [['machine', 'env', '--shell', 'sh', '-u'], /^# eval \$\(docker machine env --shell sh -u\)$/m],
  ];
  for (const [words, expected] of calls) {
    const stdout = await ok(docker(words));
    if (typeof expected === 'string') assert.equal(stdout, expected, words.join(' '));
    else assert.match(stdout, expected, words.join(' '));
  }
  const missing = await docker(['machine', 'url', 'nobody']);
  assert.equal(missing.code, 4, 'azdock’s own exit codes');
  assert.match(missing.stderr, /"nobody" does not exist/);
});

test('docker completes the plugin’s command lines', needs('docker'), async () => {
  await ok(azdock(['alias', 'install']));
  assert.equal(await ok(docker(['__complete', 'machine', 'ip', 'd'])), 'dev\n:4\n');
  assert.match(await ok(docker(['__complete', 'machine', 'insp'])), /^inspect\t.*\n:4\n$/);
  assert.equal(await ok(docker(['__complete', 'machine', 'ls', '--filter=sta'])), 'state=\n:6\n');
});

test('docker’s --config is where a context of docker machine goes', needs('docker'), async () => {
  const config = join(world.directory, 'other');
  await ok(azdock(['alias', 'install'], { env: { DOCKER_CONFIG: config } }));
  const { code, stderr } = await docker(['--config', config, 'machine', 'context', 'dev']);
  assert.equal(code, 0, stderr);
  assert.equal(await ok(docker(['--config', config, 'context', 'ls', '-q'])), 'default\ndev\n');
});

test('a program that docker machine starts may be azdock again', needs('docker'), async () => {
  await ok(azdock(['alias', 'install']));
  const variables = { DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: 'docker' };
  assert.equal(await ok(azdock(['url', 'dev'], { env: variables })), 'tcp://192.0.2.1:2376\n');
  assert.equal(await ok(world.program('docker-machine', ['url', 'dev'], { env: variables })), 'tcp://192.0.2.1:2376\n');
});
