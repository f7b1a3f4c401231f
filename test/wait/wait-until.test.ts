import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Clock, DeadlineError, StopWaiting, systemClock, waitUntil } from '../../src/wait/wait-until.ts';

/** A clock whose sleeps pass at once and are written down. */
function fakeClock(): Clock & { slept: number[] } {
  const slept: number[] = [];
  let now = 0;
  return {
    slept,
    now: () => now,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
  };
}

test('waitUntil gives what the first successful probe returns', async () => {
  const clock = fakeClock();
  const result = await waitUntil({ what: 'x', deadlineMs: 1000, intervalMs: 100, clock }, async (failures) => {
    if (failures < 3) throw new Error('not yet');
    return failures;
  });
  assert.equal(result, 3);
  assert.deepEqual(clock.slept, [100, 100, 100]);
});

test('waitUntil ends at its deadline and keeps the last failure as the cause', async () => {
  const wait = { what: 'SSH on box', deadlineMs: 250, intervalMs: 100, clock: fakeClock() };
  await assert.rejects(
    waitUntil(wait, async (failures) => Promise.reject(new Error(`try ${failures}`))),
    (error) =>
      error instanceof DeadlineError && /SSH on box/.test(error.message) && String(error.cause).includes('try 3'),
  );
});

test('waitUntil stops at once when the probe says that waiting cannot help', async () => {
  const clock = fakeClock();
  const reason = new Error('refused for good');
  const wait = { what: 'x', deadlineMs: 1000, intervalMs: 100, clock };
  await assert.rejects(
    waitUntil(wait, () => Promise.reject(new StopWaiting(reason))),
    (error) => error === reason,
  );
  assert.deepEqual(clock.slept, []);
});

test('waitUntil takes a growing interval', async () => {
  const clock = fakeClock();
  const wait = { what: 'x', deadlineMs: 1000, intervalMs: (failures: number) => failures * 10, clock };
  await waitUntil(wait, async (failures) => assert.ok(failures >= 3));
  assert.deepEqual(clock.slept, [10, 20, 30]);
});

test('waitUntil and the system clock give up when the signal is aborted', async () => {
  const abort = new AbortController();
  const reason = new Error('enough');
  const wait = { what: 'x', deadlineMs: 60_000, intervalMs: 60_000, clock: systemClock, signal: abort.signal };
  const waiting = waitUntil(wait, async () => Promise.reject(new Error('no')));
  setImmediate(() => abort.abort(reason));
  await assert.rejects(waiting, (error) => error === reason);
});
