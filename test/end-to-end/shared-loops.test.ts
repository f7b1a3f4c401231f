import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type Result, World } from './azdock.ts';
import { WorldSandbox } from './world-sandbox.ts';

/** How long machines come and go, in milliseconds; a minute and more shows rarer meetings. */
const DURATION_MS = Number(process.env['AZDOCK_TEST_SECONDS'] ?? 20) * 1_000;
/** Operations of Azure take as long as a process takes to start, so that one machine's meet another's. */
const LATENCY = 'recorded:0.003';

const shared = ['--azure-availability-set', 'set', '--azure-proximity-placement-group', 'near'];

describe('machines that come and go in one network, set and group', () => {
  let world: World;
  let sandbox: WorldSandbox;

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    sandbox = await WorldSandbox.up(world, ['--latency', LATENCY]);
  });
  after(() => world?.destroy());

  test('no command fails, and nothing is left', async () => {
    const endMs = performance.now() + DURATION_MS;
    const failures: string[] = [];
    const insist = (name: string, what: string, { code, stderr }: Result): void => {
      if (code !== 0) failures.push(`${what} ${name} ended with ${code}: ${stderr}`);
    };
    let rounds = 0;
    const comeAndGo = async (name: string): Promise<void> => {
      while (performance.now() < endMs) {
        insist(name, 'create', await world.run(['create', ...shared, name]));
        insist(name, 'rm', await world.run(['rm', '-y', name]));
        rounds += 1;
      }
    };
    await Promise.all(['one', 'two', 'three', 'four'].map(comeAndGo));
    assert.deepEqual(failures, []);
    assert.ok(rounds >= 4, `${rounds} rounds`);
    assert.deepEqual(await sandbox.counts(), {});
  });
});
