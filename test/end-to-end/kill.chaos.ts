import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, type TestContext, test } from 'node:test';
import { isWanted } from '../chaos/case-filter.ts';
import { World } from './azdock.ts';
import { type CloudCall, changes, patternFor, titleOf } from './cloud-calls.ts';
import { killAt, killOnItsWay, momentsOf } from './kill-moments.ts';
import { momentsOfToday } from './kill-points.ts';
import { MachineCase, type Place, type Seen, type Variant } from './machine-case.ts';
import { openRelay, type Relay } from './relay.ts';
import { until, WorldSandbox } from './world-sandbox.ts';

/** Cases that run at once: each waits for the sandbox half of the time. */
const AT_ONCE = { concurrency: 4 };
/** Share of Azure's recorded latencies at which operations last long enough to be met, and no longer. */
const LATENCY = 'recorded:0.01';

const variants: readonly Variant[] = [
  {
    title: 'DockerExtension in an availability set, with IPv6',
    flags: ['--azure-provisioner', 'docker-extension', '--azure-availability-set', 'set', '--azure-ipv6'],
  },
  { title: 'CustomScript', flags: ['--azure-provisioner', 'custom-script'] },
  { title: 'CustomScript after DockerExtension', flags: ['--azure-provisioner', 'auto'], extensionFails: true },
];

/** Calls of each variant that no variant before it has made. */
function newCalls(all: readonly Seen[], which: 'creating' | 'removing'): { variant: Variant; call: CloudCall }[] {
  const known = new Set<string>();
  return all.flatMap(({ variant, [which]: calls }) => {
    const fresh = calls.filter((call) => !known.has(titleOf(call)));
    for (const call of fresh) known.add(titleOf(call));
    return fresh.map((call) => ({ variant, call }));
  });
}

/** Runs cases side by side, each as a test with a line of its own. */
class Cases {
  readonly #context: TestContext;
  readonly #running: Promise<unknown>[] = [];

  constructor(context: TestContext) {
    this.#context = context;
  }

  add(title: string, run: () => Promise<void>): void {
    if (!isWanted(title)) return;
    this.#running.push(this.#context.test(title, { timeout: 120_000 }, run));
  }

  async end(): Promise<void> {
    await Promise.all(this.#running);
  }
}

// Two at once: the one whose operations take their time leaves the computer to the others.
describe('killed by SIGKILL', { concurrency: 2 }, () => {
  let place: Place;
  let relay: Relay;
  const seen: Seen[] = [];

  before(async () => {
    const world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    place = { world, sandbox: await WorldSandbox.up(world) };
    relay = await openRelay(world);
    // One after the other, so that each request is known to be whose.
    for (const variant of variants) seen.push(await new MachineCase(variant, place).observe());
  });
  after(async () => {
    const left = await place?.sandbox.counts();
    await relay?.close();
    await place?.world.destroy();
    assert.deepEqual(left, {}, 'nothing is left of any case');
  });

  test('rm finishes what Azure was still working on', { concurrency: 8 }, async (context) => {
    const world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    context.after(() => world.destroy());
    const slow = { world, sandbox: await WorldSandbox.up(world, ['--latency', LATENCY]) };
    const cases = new Cases(context);
    const { variant, creating, removing } = seen[0] ?? assert.fail();
    for (const [verb, calls] of [['create', creating] as const, ['rm', removing] as const]) {
      for (const call of calls.filter(({ startsOperation }) => startsOperation)) {
        cases.add(`${verb} killed while Azure works: ${titleOf(call)}`, async () => {
          const one = new MachineCase(variant, slow);
          if (verb === 'rm') await one.create();
          await killAt('while Azure works', one.victim(verb, call));
          await one.assertRemovable();
        });
      }
    }
    await cases.end();
    assert.deepEqual(await slow.sandbox.counts(), {});
  });

  test('rm finishes what a killed create has left', AT_ONCE, async (context) => {
    const cases = new Cases(context);
    for (const [index, { variant, call }] of newCalls(seen, 'creating').entries()) {
      for (const moment of momentsOfToday(momentsOf(call), index)) {
        cases.add(`create with ${variant.title}, killed ${moment}: ${titleOf(call)}`, async () => {
          const one = new MachineCase(variant, place);
          await one.prepare();
          const victim = one.victim('create', call, moment === 'on its way' ? relay.directory : undefined);
          await killAt(moment, victim, async () => {
            if (call.method === 'PUT') await one.assertWrittenDown(call);
          });
          if (changes(call) || existsSync(one.directory)) await one.assertRemovable();
          else await one.assertGone();
        });
      }
    }
    await cases.end();
  });

  test('rm finds what arrives while it looks for leftovers', AT_ONCE, async (context) => {
    const cases = new Cases(context);
    const { variant, creating, removing } = seen[0] ?? assert.fail();
    // What removal asks Azure about, it can find even then.
    const looks = removing.filter(({ method }) => method === 'GET').map(({ path }) => path);
    for (const call of creating.filter(({ method, path }) => method === 'PUT' && looks.includes(path))) {
      cases.add(`create killed, and its request arrives late: ${titleOf(call)}`, async () => {
        const one = new MachineCase(variant, place);
        const { sandbox } = place;
        const { arrive } = await killOnItsWay(one.victim('create', call, relay.directory));
        const look = await sandbox.arm({
          method: 'GET',
          path: patternFor(call, one.names),
          action: { hold: true },
        });
        const removal = one.remove();
        const tooEarly = removal.then((): never => assert.fail('rm did not look'));
        await until(async () => ((await sandbox.fault(look))?.waiting ?? 0) > 0, tooEarly);
        tooEarly.catch(() => {});
        await arrive();
        await sandbox.disarm(look);
        await removal;
        await one.assertGone();
      });
    }
    await cases.end();
  });

  test('rm finishes what a killed rm has left', AT_ONCE, async (context) => {
    const cases = new Cases(context);
    for (const [index, { variant, call }] of newCalls(seen.slice(0, 1), 'removing').entries()) {
      for (const moment of momentsOfToday(momentsOf(call), index)) {
        cases.add(`rm killed ${moment}: ${titleOf(call)}`, async () => {
          const one = new MachineCase(variant, place);
          await one.create();
          await killAt(moment, one.victim('rm', call, moment === 'on its way' ? relay.directory : undefined));
          await one.assertRemovable();
        });
      }
    }
    await cases.end();
  });

  test('a resource group that was there before stays', AT_ONCE, async (context) => {
    const cases = new Cases(context);
    const { variant, creating } = seen[0] ?? assert.fail();
    const { sandbox } = place;
    const making = creating.filter((one) => changes(one) && !/^\/resourcegroups\/\{group\}$/i.test(one.path));
    for (const [index, call] of making.entries()) {
      for (const moment of momentsOfToday(['before', 'after'], index)) {
        cases.add(`create in a group of the user's, killed ${moment}: ${titleOf(call)}`, async () => {
          const one = new MachineCase(variant, place);
          const { group } = one.names;
          await sandbox.azure('PUT', `/resourcegroups/${group}`, { location: 'westeurope' });
          await killAt(moment, one.victim('create', call));
          await one.assertRemovable({ group: true });
          await sandbox.azure('DELETE', `/resourcegroups/${group}`);
          await until(async () => !(await sandbox.hasGroup(group)));
        });
      }
    }
    await cases.end();
  });

  test('what rm cannot find in its journal, it finds by tag', async () => {
    const { variant, creating } = seen[0] ?? assert.fail();
    const one = new MachineCase(variant, place);
    await killAt('before', one.victim('create', creating.findLast(changes) ?? assert.fail()));
    const file = join(one.directory, 'azdock.json');
    const sidecar = JSON.parse(await readFile(file, 'utf8'));
    assert.ok(sidecar.journal.length > 0);
    await writeFile(file, JSON.stringify({ ...sidecar, journal: [], ownsResourceGroup: false }));
    await one.assertRemovable();
  });

  test('a machine that was killed and removed can be made again under its name', AT_ONCE, async (context) => {
    const cases = new Cases(context);
    for (const { variant, creating } of seen) {
      cases.add(variant.title, async () => {
        const one = new MachineCase(variant, place);
        await one.prepare();
        await killAt('after', one.victim('create', creating.findLast(changes) ?? assert.fail()));
        await one.assertRemovable();
        await one.create();
        await one.assertRemovable();
      });
    }
    await cases.end();
  });
});
