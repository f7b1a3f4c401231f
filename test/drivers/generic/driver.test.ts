import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { createGenericDriver, type GenericDependencies } from '../../../src/drivers/generic/driver.ts';
import { UnsupportedError } from '../../../src/errors/unsupported-error.ts';
import { silentProgress } from '../../../src/steps/progress.ts';
import { systemClock } from '../../../src/wait/wait-until.ts';
import { memoryJournal } from '../azure/memory-journal.ts';
import { otherRecord } from '../other-record.ts';

const signal = new AbortController().signal;

/** Nothing here may reach for the host. */
const untouched: GenericDependencies = {
  clock: systemClock,
  openSsh: () => Promise.reject(new Error('the host was touched')),
  keepKey: () => Promise.reject(new Error('a key was written')),
};

const machine = (driver: Parameters<typeof otherRecord>[0]) =>
  createGenericDriver(otherRecord(driver).Driver, untouched);

test('a generic machine runs when its SSH port accepts connections, and is stopped when not', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const box = machine({ IPAddress: '127.0.0.1', SSHPort: port });
  assert.deepEqual(await box.state(), { state: 'Running' });
  assert.equal(await box.address(), '127.0.0.1');
  await new Promise((resolve) => server.close(resolve));
  assert.deepEqual(await box.state(), { state: 'Stopped' });
});

test('a generic machine is forgotten without being touched', async () => {
  await machine({ IPAddress: '192.0.2.1' }).remove(memoryJournal(), silentProgress, signal);
});

test("a generic machine cannot be started, stopped or killed, in docker-machine's words", async () => {
  const box = machine({ IPAddress: '192.0.2.1' });
  const refused = async (work: Promise<void>) => {
    const error = await work.catch((reason: unknown) => reason);
    assert.ok(error instanceof UnsupportedError);
    return error.message;
  };
  assert.equal(await refused(box.start(silentProgress, signal)), 'generic driver does not support start');
  const stop = (force: boolean) => box.stop({ deallocate: true, force }, silentProgress, signal);
  assert.equal(await refused(stop(false)), 'generic driver does not support stop');
  assert.equal(await refused(stop(true)), 'generic driver does not support kill');
});
