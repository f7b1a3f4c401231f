import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { type Result, World } from './azdock.ts';
import { type FaultyDisk, withFault } from './faulty-disk.ts';
import { filesBelow } from './tree.ts';

const CREATE = ['create', '--driver', 'none', '--url', 'tcp://127.0.0.1:1', 'dev'];
const CERTIFICATES = ['ca-key.pem', 'ca.pem', 'cert.pem', 'key.pem'];

async function place(context: TestContext): Promise<World> {
  const world = await World.create();
  context.after(() => world.destroy());
  return world;
}

/** Runs azdock with a fault at one of its calls. @returns also how many calls it came to */
async function runWith(
  world: World,
  args: readonly string[],
  fault: Pick<FaultyDisk, 'at' | 'fault'>,
): Promise<Result & { calls: readonly string[] }> {
  const log = join(world.directory, 'calls');
  rmSync(log, { force: true });
  const result = await world.run(args, { env: withFault({ ...fault, root: world.store, log }) });
  return { ...result, calls: existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : [] };
}

/** Which calls are met: all with AZDOCK_TEST_THOROUGH=1, else one of so many, beginning with another one each day. */
function isMet(at: number, every: number): boolean {
  const day = Math.floor(Date.now() / 86_400_000);
  return process.env['AZDOCK_TEST_THOROUGH'] === '1' || (at + day) % every === 0;
}

interface Story {
  readonly world: World;
  readonly args: readonly string[];
  readonly fault: 'kill' | 'full';
  /** Before each run. */
  readonly prepare?: () => Promise<unknown>;
  /** After each run; `at` says where the fault was. */
  readonly judge: (result: Result, at: string) => Promise<void>;
  /** Of how many calls one is met. @defaultValue 4 */
  readonly every?: number;
}

/** Does `args` with the fault at each of its calls in turn. @returns how many calls it makes */
async function atEachCall(story: Story): Promise<number> {
  const { world, args, fault, prepare = async () => {}, judge, every = 4 } = story;
  await prepare();
  const { calls, code, stderr } = await runWith(world, args, { at: 0, fault: 'none' });
  assert.equal(code, 0, stderr);
  for (const at of calls.keys()) {
    if (!isMet(at, every)) continue;
    await prepare();
    const result = await runWith(world, args, { at: at + 1, fault });
    await judge(result, `${args[0]}, ${fault} at ${calls[at]}: ${result.stderr}`);
  }
  return calls.length;
}

/** Every file of the store but those that machines and certificates are expected to have. */
async function leftovers(world: World): Promise<string[]> {
  const expected = CERTIFICATES.map((file) => join(world.store, 'certs', file));
  return (await filesBelow(world.store)).filter((file) => !expected.includes(file));
}

const fresh = (world: World) => async () => {
  rmSync(world.store, { recursive: true, force: true });
  await mkdir(world.store, { recursive: true });
};
const withMachine = (world: World) => async () => {
  if (!(await world.ok(['ls', '-q'])).includes('dev')) await world.ok(CREATE);
};

test('create that is killed at any of its writes leaves a store that works, and nothing that stays', async (t) => {
  const world = await place(t);
  const points = await atEachCall({
    world,
    args: CREATE,
    fault: 'kill',
    prepare: fresh(world),
    judge: async ({ signal }, at) => {
      assert.equal(signal, 'SIGKILL', at);
      // Whatever was left, a machine of that name can be had again, after `rm` if need be.
      if ((await world.ok(['ls'])).includes('dev')) await world.ok(['rm', '-y', 'dev']);
      await world.ok(CREATE);
      await world.ok(['rm', '-y', 'dev']);
      assert.deepEqual(await leftovers(world), [], at);
    },
  });
  assert.ok(points > 20, `${points} calls`);
});

test('rm that is killed at any of its writes is finished by another', async (t) => {
  const world = await place(t);
  const points = await atEachCall({
    world,
    args: ['rm', '-y', 'dev'],
    fault: 'kill',
    prepare: withMachine(world),
    judge: async ({ signal }, at) => {
      assert.equal(signal, 'SIGKILL', at);
      if ((await world.ok(['ls'])).includes('dev')) await world.ok(['rm', '-y', 'dev']);
      // What a killed removal had put aside goes with the next work in this store.
      await world.ok(CREATE);
      await world.ok(['rm', '-y', 'dev']);
      assert.deepEqual(await leftovers(world), [], at);
    },
  });
  assert.ok(points > 4, `${points} calls`);
});

test('a disk that is full from any write on: create says so, and leaves nothing but whole files', async (t) => {
  const world = await place(t);
  await atEachCall({
    world,
    args: CREATE,
    fault: 'full',
    prepare: fresh(world),
    judge: async ({ code, stdout, stderr }, at) => {
      // Removing and renaming need no room: a fault at one of those is none.
      if (code === 0) return;
      assert.deepEqual([code, stdout], [1, ''], at);
      assert.match(stderr, /^Cannot .*: the disk is full \(ENOSPC\)\.\n {2}See what is free: +df -h \/[^~]*\n$/, at);
      if ((await world.ok(['ls'])).includes('dev')) await world.ok(['rm', '-y', 'dev']);
      assert.deepEqual(await leftovers(world), [], at);
    },
  });
});

test('a disk that is full from any write on: rm either removes, or says so and can be run again', async (t) => {
  const world = await place(t);
  await atEachCall({
    world,
    args: ['rm', '-y', 'dev'],
    fault: 'full',
    prepare: withMachine(world),
    judge: async ({ code, stderr }, at) => {
      if (code !== 0) {
        assert.match(stderr, /the disk is full/, at);
        await world.ok(['inspect', 'dev']);
        await world.ok(['rm', '-y', 'dev']);
      }
      assert.deepEqual(await readdir(join(world.store, 'machines')), [], at);
      assert.deepEqual(await leftovers(world), [], at);
    },
  });
});

test('regenerate-certs that is killed, or has no disk, at any of its writes: nothing is lost, and --repair mends', async (t) => {
  const world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
  t.after(() => world.destroy());
  await world.ok(['create', 'dev']);
  const regenerate = ['regenerate-certs', '-f', '--client-certs', 'dev'];
  for (const fault of ['kill', 'full'] as const)
    await atEachCall({
      world,
      args: regenerate,
      fault,
      every: 12,
      judge: async ({ code, stderr }, at) => {
        if (fault === 'full' && code !== 0) assert.match(stderr, /the disk is full/, at);
        assert.match(await world.ok(['ls']), /^dev /m, at);
        if ((await world.run(['env', 'dev'])).code === 0) return;
        await world.ok(['regenerate-certs', '-f', '--repair', 'dev']);
        await world.ok(['env', 'dev']);
      },
    });
});
