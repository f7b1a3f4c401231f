import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLimit } from '../../src/engine/limit.ts';

test('no more runs at once than the limit allows, and everything runs', async () => {
  const limit = createLimit(3);
  let running = 0;
  let most = 0;
  const work = async (index: number) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise(setImmediate);
    running -= 1;
    if (index === 4) throw new Error('one fails');
    return index;
  };
  const results = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => limit(() => work(index))));
  assert.equal(most, 3);
  assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 9);
  assert.equal(await limit(() => work(11)), 11);
});
