import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { formatSidecar } from '../../src/store/sidecar-codec.ts';
import { collect, type Result, World } from '../end-to-end/azdock.ts';
import { startEngine, serverCertificate } from '../engine/engine-fixture.ts';
import { addMachine } from '../machine/store-fixture.ts';

let world: World;
/** The program under docker-machine's name. */
let link: string;
const fails = async (code: number, message: RegExp, ...args: readonly string[]): Promise<Result> => {
  const result = await world.run(args);
  assert.equal(result.code, code, result.stderr);
  assert.equal(result.stdout, '');
  assert.match(result.stderr, message);
  return result;
};

before(async () => {
  world = await World.create();
  link = join(world.directory, 'docker-machine');
  symlinkSync(fileURLToPath(new URL('../../bin/run.js', import.meta.url)), link);
  addMachine(world.store, 'box', 'none', { URL: 'tcp://127.0.0.1:1', IPAddress: '127.0.0.1:1' });
  addMachine(world.store, 'crate', 'none', { URL: 'tcp://127.0.0.1:2', IPAddress: '127.0.0.1:2' });
});
after(() => world?.destroy());

test('a driver that azdock does not have is refused before anything is made', async () => {
  await fails(1, /^Driver "virtualbox" not found/, 'create', '--driver', 'virtualbox', 'new');
  assert.deepEqual(readdirSync(join(world.store, 'machines')).sort(), ['box', 'crate']);
});

test('a shell that nobody knows is an error with nothing on stdout', async () => {
  await fails(2, /csh2/, 'env', '--shell', 'csh2', '-u');
});

test('without SHELL env writes for a shell all the same', async (context) => {
  const engine = await startEngine(context, await serverCertificate());
  const url = `tcp://127.0.0.1:${engine.port}`;
  addMachine(world.store, 'engine', 'none', { URL: url, IPAddress: url.slice('tcp://'.length) });
  const { code, stdout } = await world.run(['env', 'engine'], { env: { SHELL: '' } });
  assert.equal(code, 0);
  assert.ok(stdout.includes(url), stdout);
  assert.equal((await world.run(['rm', '-y', 'engine'])).code, 0);
});

test('a label filter without a value is an error', async () => {
  await fails(2, /^Unsupported filter syntax$/m, 'ls', '--filter', 'label=app');
});

test('a name of 64 characters is refused', async () => {
  await fails(2, /at most 63/, 'create', 'n'.repeat(64));
});

test('arguments keep their order, wherever flags stand', async () => {
  assert.equal(await world.ok(['ip', 'crate', '--progress', 'none', 'box']), '127.0.0.1:2\n127.0.0.1:1\n');
});

test('an argument that means nothing is an error', async () => {
  await fails(2, /takes no further argument: "box"/, 'ls', 'box');
  await fails(2, /takes no further argument: "crate"/, 'config', 'box', 'crate');
});

test('a variable that should be a number and is none is an error', async () => {
  const { code, stderr } = await world.run(['create', 'new'], { env: { AZURE_DOCKER_PORT: 'many' } });
  assert.equal(code, 2);
  assert.match(stderr, /many/);
});

test('at the end of input the question of regenerate-certs is answered with no', async () => {
  const { code, stdout } = await world.run(['regenerate-certs', 'box'], { input: '' });
  assert.deepEqual({ code, stdout }, { code: 0, stdout: '' });
});

test('rm without a name is an error with nothing on stdout', async () => {
  await fails(2, /Expected to get one or more machine names as arguments/, 'rm');
});

test('the flag against crash reports is accepted and changes nothing', async () => {
  const silent = await world.ok(['--bugsnag-api-token=no-report', 'ip', 'box']);
  assert.equal(silent, await world.ok(['ip', 'box']));
});

test('scp ends with the exit code of the program, and called as docker-machine with 1', async () => {
  const keys = { IPAddress: '203.0.113.8', SSHUser: 'ada', SSHPort: 22, SSHKeyPath: '', EnginePort: 2376, SSHKey: '' };
  addMachine(world.store, 'host', 'generic', keys);
  const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFVzZWQgaW4gdGVzdHMgb25seSwgb2Ygbm9ib2R5J3M=';
  const createdAt = '2026-11-20T21:40:03Z';
  const sidecar = formatSidecar({ version: 1, id: 'x', phase: 'ready', createdAt, journal: [], hostKey });
  writeFileSync(join(world.store, 'machines', 'host', 'azdock.json'), sidecar);
  const bin = join(world.directory, 'stand-ins');
  mkdirSync(bin);
  for (const name of ['ssh', 'scp']) writeFileSync(join(bin, name), '#!/bin/sh\nexit 9\n', { mode: 0o755 });
  const env = { PATH: bin };
  assert.equal((await world.run(['scp', 'a', 'host:b'], { env })).code, 9);
  assert.equal((await world.program(process.execPath, [link, 'scp', 'a', 'host:b'], { env })).code, 1);
  assert.equal((await world.run(['rm', '-f', 'host'])).code, 0);
});

test('called as docker-machine, scp and mount end with 1 when arguments are missing', async () => {
  const asked = { scp: /two places|takes/, mount: /takes a source and a mount point/ };
  for (const [verb, message] of Object.entries(asked)) {
    const { code, stderr } = await world.program(process.execPath, [link, verb]);
    assert.equal(code, 1, verb);
    assert.match(stderr, message);
  }
});

test('nothing is mounted onto a directory with the store in it', async () => {
  addMachine(world.store, 'host', 'generic', { IPAddress: '203.0.113.8', SSHUser: 'ada', SSHPort: 22 });
  const bin = join(world.directory, 'sshfs only');
  mkdirSync(bin);
  for (const name of ['ssh', 'sshfs']) writeFileSync(join(bin, name), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  const { code, stderr } = await world.run(['mount', 'host:/tmp', world.directory], { env: { PATH: bin } });
  assert.equal(code, 2, stderr);
  assert.match(stderr, /would hide the keys of the machines/);
  assert.equal((await world.run(['rm', '-f', 'host'])).code, 0);
});

test('a machine that is a URL has copies of the certificates of the store', async () => {
  await world.ok(['create', '-d', 'none', '--url', 'tcp://127.0.0.1:3', 'url']);
  for (const file of ['ca.pem', 'cert.pem', 'key.pem']) {
    const copy = readFileSync(join(world.store, 'machines', 'url', file), 'utf8');
    assert.equal(copy, readFileSync(join(world.store, 'certs', file), 'utf8'), file);
  }
  assert.equal((await world.run(['rm', '-f', 'url'])).code, 0);
});

test('ls lists records that cannot be read, whatever the filter', async () => {
  const broken = join(world.store, 'machines', 'broken');
  mkdirSync(broken);
  writeFileSync(join(broken, 'config.json'), '{');
  const listed = await world.ok(['ls', '--filter', 'name=box']);
  assert.match(listed, /^broken .*not found +Error/m);
  assert.doesNotMatch(listed, /^crate/m);
  assert.equal(await world.ok(['ls', '-q']), 'box\ncrate\n');
  assert.equal((await world.run(['rm', '-f', 'broken'])).code, 0);
  assert.ok(!existsSync(broken));
});

test('templates that cannot be parsed or run are refused in the words of Go', async () => {
  await fails(2, /^template parsing error: template: :1: unclosed action$/m, 'inspect', '-f', '{{', 'box');
  await fails(2, /^template: :1: unclosed action$/m, 'ls', '-f', '{{');
  const unknown = /can't evaluate field Nope in type commands\.HostListItem/;
  await fails(2, unknown, 'ls', '-f', '{{.Nope}}');
  assert.equal(await world.ok(['inspect', 'box', '-f', '{{.Nope.Foo}}']), '<no value>\n');
  assert.equal(await world.ok(['inspect', '-f', '{{json .Driver.URL}}', 'box']), '"tcp://127.0.0.1:1"\n');
  // A word after the machine's name is still a flag.
  assert.equal((await collect(world.start(['inspect', 'box', '--format', '{{.Name}}']))).stdout, 'box\n');
});
