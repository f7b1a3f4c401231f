import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { Pace } from '../../../src/wait/pace.ts';
import { systemClock } from '../../../src/wait/wait-until.ts';
import { arm, control, waiting } from '../../sandbox/control-calls.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';
import { leftOvers, sandboxMachine } from './sandbox-machine.ts';

/** Patience of seconds, had in no time. */
const quick = {
  now: () => systemClock.now() * 1_000,
  sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms / 1_000, signal),
};

describe('an availability set that another removal takes away', () => {
  let sandbox: TestSandbox;
  before(async () => {
    sandbox = await startTestSandbox();
  });
  after(() => sandbox?.stop());

  it('is made anew for the machine that was about to lie in it', async () => {
    const values = { availabilitySet: 'set', proximityPlacementGroup: 'near' };
    const shared = { clock: quick, pace: new Pace(quick) };
    const [first, second] = ['first', 'second'].map((name) => sandboxMachine(sandbox, { name, values, shared }));
    assert.ok(first && second);
    await first.create();
    const hold = await arm(sandbox, { method: 'PUT', path: '/virtualMachines/second$', action: { hold: true } });
    const creation = second.create();
    await waiting(sandbox, hold);
    await first.remove();
    assert.ok(!leftOvers(sandbox).some((id) => id.endsWith('/availabilitySets/set')));
    await control(sandbox, 'DELETE', `faults/${hold}`);
    await creation;
    assert.ok(leftOvers(sandbox).some((id) => id.endsWith('/availabilitySets/set')));
    await second.remove();
    assert.deepEqual(leftOvers(sandbox), []);
  });
});
