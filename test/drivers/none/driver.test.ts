import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNoneDriver } from '../../../src/drivers/none/driver.ts';
import { UnsupportedError } from '../../../src/errors/unsupported-error.ts';
import { silentProgress } from '../../../src/steps/progress.ts';
import { memoryJournal } from '../azure/memory-journal.ts';
import { otherRecord } from '../other-record.ts';

const signal = new AbortController().signal;

test('a machine without a driver always runs, at the address in its URL', async () => {
  const machine = createNoneDriver(otherRecord({ URL: 'tcp://10.0.0.5:2376' }).Driver);
  assert.deepEqual(await machine.state(), { state: 'Running' });
  assert.equal(await machine.address(), '10.0.0.5');
  await machine.remove(memoryJournal(), silentProgress, signal);
});

test('a machine whose URL has no host has no address', async () => {
  assert.equal(await createNoneDriver(otherRecord({ URL: 'url1' }).Driver).address(), undefined);
});

test("a machine without a driver cannot be stopped, in docker-machine's words", async () => {
  await assert.rejects(
    createNoneDriver(otherRecord({}).Driver).stop({ deallocate: true, force: false }, silentProgress, signal),
    (error: unknown) =>
      error instanceof UnsupportedError && error.message === 'hosts without a driver cannot be stopped',
  );
});
