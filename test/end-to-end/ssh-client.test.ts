import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../src/store/record.ts';
import { formatSidecar } from '../../src/store/sidecar-codec.ts';
import { addMachine, azureKeys, temporaryStore } from '../machine/store-fixture.ts';
import { runProgram } from './azdock.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
const HOST_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFVzZWQgaW4gdGVzdHMgb25seSwgb2Ygbm9ib2R5J3M=';

/** Plays `ssh`: writes down what it was called with, hands its input through, and ends with 9. */
const STAND_IN = `#!/bin/sh
printf '%s\\0' "$@" > "$0.arguments"
cat
exit 9
`;

/** A store with one machine, and a PATH with nothing but a stand-in for ssh. */
function prepare(context: TestContext, driver: string, keys: JsonObject) {
  const store = temporaryStore(context, 'a store, of 100%');
  addMachine(store, 'dev', driver, keys);
  const directory = join(store, 'machines', 'dev');
  const createdAt = '2026-11-20T21:40:03Z';
  const sidecar = formatSidecar({ version: 1, id: 'x', phase: 'ready', createdAt, journal: [], hostKey: HOST_KEY });
  writeFileSync(join(directory, 'azdock.json'), sidecar);
  writeFileSync(join(directory, 'id_rsa'), 'looked at by ssh only', { mode: 0o600 });
  const bin = join(store, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'ssh'), STAND_IN);
  chmodSync(join(bin, 'ssh'), 0o755);
  for (const name of ['sh', 'cat']) symlinkSync(`/bin/${name}`, join(bin, name));
  const env = { MACHINE_STORAGE_PATH: store, PATH: bin, HOME: store };
  return {
    directory,
    run: (args: readonly string[], input = '') => runProgram(process.execPath, [PROGRAM, ...args], { env, input }),
    wasCalled: () => existsSync(join(bin, 'ssh.arguments')),
    arguments: () => readFileSync(join(bin, 'ssh.arguments'), 'utf8').split('\0').slice(0, -1),
  };
}

const AZURE = { ...azureKeys('203.0.113.7', 2376), SSHPort: 2222, SSHKeyPath: '/where/the/store/was/before/id_rsa' };

test('ssh gets the user’s words as they are, and the input, which azdock leaves alone', async (context) => {
  const { run, ...ssh } = prepare(context, 'azure', AZURE);
  const words = ['-A', 'cmd', '--help', '--json', '-D', 'a', 'b', 'a', '', '--', 'a b'];
  const input = 'x'.repeat(300_000);
  const { code, stdout, stderr } = await run(['-D', 'ssh', 'dev', ...words], input);
  assert.deepEqual({ code, stderr }, { code: 9, stderr: '' });
  assert.equal(stdout, input);
  assert.deepEqual(ssh.arguments().slice(-words.length), words);
});

test('a -- before the command is ssh’s, too', async (context) => {
  const { run, ...ssh } = prepare(context, 'azure', AZURE);
  await run(['ssh', 'dev', '--', '-x']);
  assert.deepEqual(ssh.arguments().slice(-2), ['--', '-x']);
});

test('ssh is given the pinned host key alone, and the machine’s key from where the store is now', async (context) => {
  const { run, directory, ...ssh } = prepare(context, 'azure', AZURE);
  await run(['ssh', 'dev']);
  const words = ssh.arguments();
  const options = words.filter((_word, at) => words[at - 1] === '-o');
  const file = join(directory, 'known_hosts').replace('%', '%%');
  for (const option of ['StrictHostKeyChecking=yes', `UserKnownHostsFile="${file}"`, 'HostKeyAlias=azdock-machine'])
    assert.ok(options.includes(option), `${option} in ${options.join(' ')}`);
  assert.ok(options.includes(`IdentityFile="${join(directory, 'id_rsa').replace('%', '%%')}"`), options.join(' '));
  assert.equal(readFileSync(join(directory, 'known_hosts'), 'utf8'), `azdock-machine ${HOST_KEY}\n`);
  assert.deepEqual(words.slice(-2), ['-p', '2222']);
  assert.ok(words.includes('docker-user@203.0.113.7'));
});

test('a generic machine has the user, port and key of its record, or the user’s own keys', async (context) => {
  const generic = {
    IPAddress: '203.0.113.8',
    SSHUser: 'ada',
    SSHPort: 2200,
    SSHKeyPath: '',
    EnginePort: 2376,
    SSHKey: '',
  };
  const { run, ...ssh } = prepare(context, 'generic', generic);
  await run(['ssh', 'dev', 'true']);
  const words = ssh.arguments();
  assert.deepEqual(words.slice(words.indexOf('ada@203.0.113.8')), ['ada@203.0.113.8', '-p', '2200', 'true']);
  assert.doesNotMatch(words.join(' '), /Identit/);
});

test('a machine without a host, and a user or host that reads like a flag, never come to ssh', async (context) => {
  const none = prepare(context, 'none', { URL: 'tcp://203.0.113.9:2376', IPAddress: '203.0.113.9:2376' });
  const refused = await none.run(['ssh', 'dev', 'true']);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /^dev is a URL without a host: there is nothing to log in to\./);
  const user = prepare(context, 'generic', { IPAddress: '203.0.113.8', SSHUser: '-oProxyCommand=id', SSHPort: 22 });
  assert.equal((await user.run(['ssh', 'dev', 'true'])).code, 2);
  const host = prepare(context, 'generic', { IPAddress: '-oProxyCommand=id', SSHUser: 'ada', SSHPort: 22 });
  assert.equal((await host.run(['ssh', 'dev', 'true'])).code, 1);
  for (const { wasCalled } of [none, user, host]) assert.equal(wasCalled(), false);
});

test('a flag of ssh before the machine’s name is refused, with where it belongs', async (context) => {
  const { run, wasCalled } = prepare(context, 'azure', AZURE);
  const { code, stderr } = await run(['ssh', '-A', 'dev']);
  assert.equal(code, 2);
  assert.match(stderr, /no flag -A here\. Flags of the other program come after the machine's name/);
  assert.equal(wasCalled(), false);
});
