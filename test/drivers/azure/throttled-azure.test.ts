import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pace } from '../../../src/wait/pace.ts';
import { type Clock, systemClock } from '../../../src/wait/wait-until.ts';
import { control } from '../../sandbox/control-calls.ts';
import { startTestSandbox } from '../../sandbox/start.ts';
import { leftOvers, sandboxMachine } from './sandbox-machine.ts';

/** Time that goes faster, for azdock and for the sandbox's buckets alike. */
const FASTER = 6;
const clock: Clock = {
  now: () => systemClock.now() * FASTER,
  sleep: (ms, signal) => systemClock.sleep(ms / FASTER, signal),
};

test('a hundred machines made and removed at once stay within Azure’s rate limits, or wait, and none fails', async () => {
  const throttling = { enabled: true, factor: FASTER };
  await using sandbox = await startTestSandbox({ settings: { throttling } });
  const shared = { clock, pace: new Pace(clock) };
  const machines = Array.from({ length: 100 }, (_, index) => sandboxMachine(sandbox, { name: `m${index}`, shared }));
  await Promise.all(
    machines.map(async (machine) => {
      await machine.driver.check();
      await machine.create();
    }),
  );
  await Promise.all(machines.map((machine) => machine.remove()));
  assert.deepEqual(leftOvers(sandbox), []);
  const { body } = await control(sandbox, 'GET', 'journal');
  const statuses: number[] = body.entries.map(({ status }: { status: number }) => status);
  const refused = statuses.filter((status) => status === 429).length;
  assert.ok(statuses.length > 2_000, `${statuses.length} requests`);
  // Buckets of Microsoft.Compute and Microsoft.Network cannot be foreseen; those of Resource Manager are kept.
  assert.ok(refused < statuses.length / 50, `${refused} of ${statuses.length} refused`);
});
