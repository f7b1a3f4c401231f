// Run by locks.test.ts in processes of their own, which take the lock of machine `dev` and do with it what they are told.
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/wait/wait-until.ts';

const [, , task, root = ''] = process.argv;
const store = openStore(root, systemClock);
const withLock = (work: () => Promise<void>) => store.withMachineLock('dev', { deadlineMs: 120_000 }, work);
const log = (word: string) => appendFileSync(join(root, 'log'), `${word} ${process.pid}\n`);

if (task === 'hold') {
  await withLock(async () => {
    process.send?.('held');
    await sleep(600_000);
  });
} else if (task === 'exit') {
  await withLock(async () => process.exit(0));
} else {
  for (let round = 0; round < 20; round += 1) {
    await withLock(async () => {
      log('in');
      await sleep(1);
      if (task === 'die' && round === 3) process.kill(process.pid, 'SIGKILL');
      log('out');
    });
  }
}
// The channel to the test would keep the process alive.
process.disconnect?.();
