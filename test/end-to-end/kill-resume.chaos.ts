import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { isWanted } from '../chaos/case-filter.ts';
import { World } from './azdock.ts';
import { type CloudCall, changes, titleOf } from './cloud-calls.ts';
import { killAt, type Moment } from './kill-moments.ts';
import { MachineCase, type Place, type Variant } from './machine-case.ts';
import { openRelay, type Relay } from './relay.ts';
import { WorldSandbox } from './world-sandbox.ts';

const variant: Variant = {
  title: 'DockerExtension in an availability set',
  flags: ['--azure-provisioner', 'docker-extension', '--azure-availability-set', 'set'],
};

/** Of each call one moment, in turn, so that each kind is met at some calls; all of them with AZDOCK_TEST_ALL. */
function moments(call: CloudCall, index: number): readonly Moment[] {
  const all: readonly Moment[] = call.method === 'GET' ? ['before'] : ['before', 'on its way', 'after'];
  const one = all[index % all.length];
  return process.env['AZDOCK_TEST_ALL'] === undefined && one !== undefined ? [one] : all;
}

describe('create --resume', { concurrency: 4 }, () => {
  let place: Place;
  let relay: Relay;
  let creating: readonly CloudCall[];

  before(async () => {
    const world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    place = { world, sandbox: await WorldSandbox.up(world) };
    relay = await openRelay(world);
    ({ creating } = await new MachineCase(variant, place).observe());
  });
  after(async () => {
    const left = await place?.sandbox.counts();
    await relay?.close();
    await place?.world.destroy();
    assert.deepEqual(left, {}, 'nothing is left of any case');
  });

  test('finishes what a killed create has begun, and rm leaves nothing of it', { concurrency: 4 }, async (context) => {
    const points = process.env['AZDOCK_TEST_ALL'] === undefined ? creating.filter(changes) : creating;
    await Promise.all(
      points.flatMap((call, index) =>
        moments(call, index).map(async (moment) => {
          const title = `create killed ${moment}, and resumed: ${titleOf(call)}`;
          if (!isWanted(title)) return;
          await context.test(title, { timeout: 120_000 }, async () => {
            const one = new MachineCase(variant, place);
            await killAt(moment, one.victim('create', call, moment === 'on its way' ? relay.directory : undefined));
            await one.resume();
            await one.assertRemovable();
          });
        }),
      ),
    );
  });
});
