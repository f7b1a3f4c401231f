import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { machineLock, machineLockHolder } from '../../src/store/lock-holder.ts';
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/wait/wait-until.ts';

let root: string;
before(async () => {
  root = await mkdtemp(join(tmpdir(), 'azdock-holder-'));
});
after(() => rm(root, { recursive: true, force: true }));

test('who is at work on a machine is known as long as the work goes on', async () => {
  const store = openStore(root, systemClock);
  assert.equal(store.lockHolder('dev'), undefined);
  await store.withMachineLock('dev', { deadlineMs: 0 }, async () => {
    assert.equal(store.lockHolder('dev')?.pid, process.pid);
    assert.equal(store.lockHolder('other'), undefined);
  });
  assert.equal(store.lockHolder('dev'), undefined);
});

test('a process that was killed, and a lock that says nothing, are nobody', async () => {
  const path = machineLock(root, 'dev');
  const store = openStore(root, systemClock);
  let text = '';
  await store.withMachineLock('dev', { deadlineMs: 0 }, async () => {
    text = await readFile(path, 'utf8');
  });
  const own = JSON.parse(text);
  // No process has this number (proc(5): /proc/sys/kernel/pid_max is at most 2^22).
  await writeFile(path, JSON.stringify({ ...own, pid: 2 ** 22 + 1 }));
  assert.equal(machineLockHolder(root, 'dev'), undefined);
  await writeFile(path, JSON.stringify({ ...own, host: 'elsewhere' }));
  assert.equal(machineLockHolder(root, 'dev')?.host, 'elsewhere');
  await writeFile(path, 'no lock');
  assert.equal(machineLockHolder(root, 'dev'), undefined);
});
