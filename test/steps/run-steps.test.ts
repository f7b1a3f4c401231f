import assert from 'node:assert/strict';
import { test } from 'node:test';
import { silentProgress } from '../../src/steps/progress.ts';
import { runSteps, type Step } from '../../src/steps/run-steps.ts';

const never = new AbortController().signal;

function run(steps: readonly Step<string[]>[], signal = never): Promise<string[]> {
  const log: string[] = [];
  return runSteps({ steps, context: log, progress: silentProgress, signal }).then(() => log);
}

/** A step that says when it starts and ends, and takes `turns` turns of the event loop. */
function step(id: string, after: string[] = [], turns = 1): Step<string[]> {
  return {
    id,
    after,
    title: id,
    async run(log) {
      log.push(`+${id}`);
      for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      log.push(`-${id}`);
    },
  };
}

test('a step starts as soon as those it waits for are done, and not before', async () => {
  const log = await run([step('a', [], 2), step('b', [], 6), step('c', ['a']), step('d', ['b', 'c'])]);
  assert.ok(log.indexOf('+b') < log.indexOf('-a'), 'a and b run together');
  assert.ok(log.indexOf('+c') < log.indexOf('-b'), 'c does not wait for b');
  assert.ok(log.indexOf('+c') > log.indexOf('-a'));
  assert.ok(log.indexOf('+d') > log.indexOf('-b') && log.indexOf('+d') > log.indexOf('-c'));
});

test('a skipped step lets those that wait for it go on', async () => {
  const log = await run([{ ...step('a'), skip: () => true }, step('b', ['a'])]);
  assert.deepEqual(log, ['+b', '-b']);
});

test('a failure starts nothing further, aborts what runs, waits for it, and is the one that is thrown', async () => {
  const events: string[] = [];
  const failing: Step<string[]> = { id: 'bad', run: () => Promise.reject(new Error('bad luck')) };
  const running: Step<string[]> = {
    id: 'long',
    run: (_log, _handle, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => setImmediate(() => reject(events.push('stopped'))));
      }),
  };
  const later: Step<string[]> = { id: 'later', after: ['bad'], run: async () => void events.push('later') };
  await assert.rejects(run([running, failing, later]), /bad luck/);
  assert.deepEqual(events, ['stopped']);
});

test("the caller's abort wins over what the steps then throw", async () => {
  const abort = new AbortController();
  const waiting: Step<string[]> = {
    id: 'wait',
    run: (_log, _handle, signal) =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('inner')))),
  };
  setImmediate(() => abort.abort(new Error('interrupted')));
  await assert.rejects(run([waiting], abort.signal), /interrupted/);
});

test('waiting for a step that is not listed before is a mistake in the list', async () => {
  await assert.rejects(run([step('a', ['b']), step('b')]), TypeError);
});
