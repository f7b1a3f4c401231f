import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { createGenericDriver } from '../../../src/drivers/generic/driver.ts';
import { UnsupportedError } from '../../../src/errors/unsupported-error.ts';
import { silentProgress } from '../../../src/steps/progress.ts';
import { systemClock } from '../../../src/wait/wait-until.ts';
import { memoryJournal } from '../azure/memory-journal.ts';
import { otherRecord } from '../other-record.ts';

const signal = new AbortController().signal;
const unreachable = { clock: systemClock, openSsh: () => Promise.reject(new Error('nobody logs in here')) };

test('a generic machine runs when its SSH port accepts connections, and is stopped when not', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const machine = createGenericDriver(otherRecord({ IPAddress: '127.0.0.1', SSHPort: port }), unreachable);
  assert.deepEqual(await machine.state(), { state: 'Running' });
  assert.equal(await machine.address(), '127.0.0.1');
  await new Promise((resolve) => server.close(resolve));
  assert.deepEqual(await machine.state(), { state: 'Stopped' });
});

test('a generic machine is forgotten without being touched, and cannot be started', async () => {
  const machine = createGenericDriver(otherRecord({ IPAddress: '192.0.2.1' }), unreachable);
  await machine.remove(memoryJournal(), silentProgress, signal);
  await assert.rejects(machine.start(silentProgress, signal), UnsupportedError);
  await assert.rejects(machine.stop({ deallocate: true, force: false }, silentProgress, signal), /not support stop/);
  await assert.rejects(machine.stop({ deallocate: true, force: true }, silentProgress, signal), /not support kill/);
});
