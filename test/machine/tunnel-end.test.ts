import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { untilGone } from '../../src/machine/tunnel/until-gone.ts';
import { formatSidecar } from '../../src/store/sidecar-codec.ts';
import { loadMachineSync } from '../../src/store/load.ts';
import { testContext } from './context-fixture.ts';
import { addMachine, azureKeys, temporaryStore } from './store-fixture.ts';

/** A machine with a tunnel, and a clock that stands still until the test lets it go on. */
function setUp(t: Parameters<typeof temporaryStore>[0]) {
  const store = temporaryStore(t);
  addMachine(store, 'dev', 'azure', azureKeys('192.0.2.1', 2376));
  const directory = join(store, 'machines', 'dev');
  const writeSidecar = (id: string) => {
    const sidecar = {
      version: 1,
      id,
      phase: 'ready',
      createdAt: 'now',
      journal: [],
      driver: { tunnel: true },
    } as const;
    writeFileSync(join(directory, 'azdock.json'), formatSidecar({ ...sidecar, journal: [] }));
  };
  writeSidecar('first');
  const sleeps: { readonly ms: number; end(): void }[] = [];
  const clock = {
    now: () => 0,
    sleep: (ms: number, signal?: AbortSignal) =>
      new Promise<void>((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        sleeps.push({ ms, end: resolve });
      }),
  };
  const abort = new AbortController();
  const context = testContext(store, { clock, signal: abort.signal });
  const ended: string[] = [];
  const end = untilGone(loadMachineSync(store, 'dev'), context).then((why) => ended.push(why));
  /** Lets the pause end that is going on, and returns when the next one has begun or all is over. */
  const look = async () => {
    const count = sleeps.length;
    sleeps.at(-1)?.end();
    while (sleeps.length === count && ended.length === 0) await new Promise(setImmediate);
  };
  return { directory, writeSidecar, abort, end, ended, look, sleeps };
}

test('a tunnel goes on as long as its machine is there, whatever cannot be read for a while', async (t) => {
  const { directory, writeSidecar, abort, end, ended, look, sleeps } = setUp(t);
  await look();
  writeFileSync(join(directory, 'azdock.json'), 'half of it');
  await look();
  writeSidecar('first');
  await look();
  assert.deepEqual([ended, sleeps.length], [[], 4]);
  assert.ok(
    sleeps.every(({ ms }) => ms >= 10_000),
    'looking costs next to nothing',
  );
  abort.abort(new Error('enough'));
  await end;
  assert.deepEqual(ended, ['it was told to']);
});

test('it ends when the machine has left the store', async (t) => {
  const { directory, ended, look } = setUp(t);
  rmSync(directory, { recursive: true });
  await look();
  assert.deepEqual(ended, ['dev is not in the store any more']);
});

test('it ends when another machine has the name', async (t) => {
  const { writeSidecar, ended, look } = setUp(t);
  writeSidecar('second');
  await look();
  assert.equal(ended.length, 1);
});
