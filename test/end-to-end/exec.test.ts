import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { serverCertificate, startEngine } from '../engine/engine-fixture.ts';
import { addMachine, azureKeys, temporaryStore } from '../machine/store-fixture.ts';
import { needs } from '../skip.ts';
import { collect, World } from './azdock.ts';

interface Prepared {
  readonly world: World;
  readonly url: string;
  readonly store: string;
}

/** A world with a machine called dev, whose engine answers. */
async function prepare(context: TestContext): Promise<Prepared> {
  const store = temporaryStore(context);
  const engine = await startEngine(context, await serverCertificate());
  addMachine(store, 'dev', 'azure', azureKeys('127.0.0.1', engine.port));
  const world = await World.create({ MACHINE_STORAGE_PATH: store, DOCKER_CONTEXT: 'other' });
  context.after(() => world.destroy());
  return { world, store, url: `tcp://127.0.0.1:${engine.port}` };
}

test('a program finds the machine in its variables, and its words as they were typed', async (context) => {
  const { world, url, store } = await prepare(context);
  const script =
    'const { env } = process; console.log(JSON.stringify([process.argv.slice(1), env.DOCKER_HOST, env.DOCKER_TLS_VERIFY, env.DOCKER_CERT_PATH, env.DOCKER_MACHINE_NAME, env.DOCKER_CONTEXT]))';
  const words = ['a  b', '--help', '-D', '$(pwned)', '', '--', '*', 'a'];
  for (const dashes of [['--'], []]) {
    const stdout = await world.ok(['exec', 'dev', ...dashes, process.execPath, '-e', script, '--', ...words]);
    const certificates = `${store}/machines/dev`;
    assert.deepEqual(JSON.parse(stdout), [words, url, '1', certificates, 'dev', null]);
  }
});

test('input, output and exit code are the program’s', async (context) => {
  const { world } = await prepare(context);
  const script = 'read line; echo "out $line"; echo "err $line" >&2; exit 42';
  const run = await world.run(['exec', 'dev', '--', 'sh', '-c', script], { input: 'hello\n' });
  assert.deepEqual(run, { code: 42, signal: null, stdout: 'out hello\n', stderr: 'err hello\n' });
  assert.equal((await world.run(['exec', 'dev', '--', 'sh', '-c', 'kill -9 $$'])).code, 137);
});

test('a signal reaches the program, which answers it', async (context) => {
  const { world } = await prepare(context);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    const script = 'trap "echo caught; exit 5" INT TERM; echo ready; for i in $(seq 300); do sleep 0.1; done';
    const child = world.start(['exec', 'dev', '--', 'sh', '-c', script]);
    const ended = collect(child);
    assert.ok(child.stdout);
    await once(child.stdout, 'data');
    child.kill(signal);
    const { code, stdout } = await ended;
    assert.equal(stdout, 'ready\ncaught\n');
    assert.equal(code, 5);
  }
});

test('nothing runs when the engine does not answer, or there is no such program', async (context) => {
  const { world, store } = await prepare(context);
  addMachine(store, 'dead', 'generic', { IPAddress: '127.0.0.1', EnginePort: 1, SSHUser: 'root', SSHPort: 22 });
  const dead = await world.run(['exec', 'dead', '--', 'echo', 'ran']);
  assert.equal(dead.code, 1);
  assert.equal(dead.stdout, '');
  assert.match(dead.stderr, /does not answer/);

  const cases: readonly (readonly [string[], number, RegExp])[] = [
    [['dev', '--', 'no-such-program'], 127, /no-such-program cannot be run: it is not on PATH/],
    [['dev', '--', './no-such-program'], 127, /it is not there, or no program/],
    [['dev'], 2, /No command to run: azdock exec dev -- COMMAND/],
    [['nobody', '--', 'true'], 4, /"nobody" does not exist/],
  ];
  for (const [args, expected, message] of cases) {
    const { code, stdout, stderr } = await world.run(['exec', ...args]);
    assert.equal(code, expected, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, message);
  }
});

test('the docker command works through it', needs('docker'), async (context) => {
  const { world } = await prepare(context);
  const stdout = await world.ok(['exec', 'dev', '--', 'docker', 'version', '--format', '{{.Server.Version}}']);
  assert.equal(stdout, '28.2.2\n');
});
