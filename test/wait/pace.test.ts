import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { Pace } from '../../src/wait/pace.ts';
import { fakeClock } from '../drivers/azure/scripted-azure.ts';

const limit = { size: 100, refillPerSecond: 10 };

/** A service with such a bucket, which refuses what is beyond it. */
function service(clock: ReturnType<typeof fakeClock>) {
  let left = limit.size;
  let atMs = clock.now();
  return {
    ask(): { refused: boolean; left: number } {
      left = Math.min(limit.size, left + ((clock.now() - atMs) / 1000) * limit.refillPerSecond);
      atMs = clock.now();
      const refused = left < 1;
      if (!refused) left -= 1;
      return { refused, left: Math.floor(left) };
    },
  };
}

test('a thousand requests are slowed down to what the service takes, and none is refused', async () => {
  const clock = fakeClock();
  const pace = new Pace(clock);
  const { ask } = service(clock);
  for (let done = 0; done < 1_000; done += 1) {
    await pace.admit('writes', limit);
    const { refused, left } = ask();
    assert.equal(refused, false);
    pace.answered('writes', limit, left);
  }
  const seconds = clock.now() / 1000;
  assert.ok(seconds >= 90 && seconds < 100, `${seconds} s`);
});

test('requests under way count against what is left, until they are answered', async () => {
  const clock = { ...fakeClock(), sleep: async () => setImmediate() };
  const pace = new Pace(clock);
  for (let done = 0; done < 90; done += 1) await pace.admit('reads', limit);
  let admitted = false;
  const next = pace.admit('reads', limit).then(() => {
    admitted = true;
  });
  await setImmediate();
  assert.equal(admitted, false);
  pace.answered('reads', limit, 100);
  await next;
  assert.ok(admitted);
});

test('buckets of other names are not touched', async () => {
  const clock = fakeClock();
  const pace = new Pace(clock);
  pace.pause('reads', limit, 60_000);
  await pace.admit('writes', limit);
  assert.equal(clock.now(), 0);
});

test('after a refusal nothing goes before the time that the service asked for', async () => {
  const clock = fakeClock();
  const pace = new Pace(clock);
  pace.pause('reads', limit, 60_000);
  await pace.admit('reads', limit);
  assert.ok(clock.now() >= 60_000);
});

test('what is left is learned from answers, and counted down where they do not tell', async () => {
  const clock = fakeClock();
  const pace = new Pace(clock);
  await pace.admit('reads', limit);
  pace.answered('reads', limit, 11);
  await pace.admit('reads', limit);
  pace.answered('reads', limit, undefined);
  assert.equal(clock.now(), 0);
  await pace.admit('reads', limit);
  assert.ok(clock.now() > 0, 'the tenth that is left to others is not touched');
});

test('an aborted wait ends with the signal’s reason and leaves the turn to others', async () => {
  const clock = fakeClock();
  const pace = new Pace(clock);
  pace.pause('reads', limit, 1_000);
  await assert.rejects(pace.admit('reads', limit, AbortSignal.abort(new Error('enough'))), /enough/);
  await pace.admit('reads', limit);
  pace.answered('reads', limit, 100);
});
