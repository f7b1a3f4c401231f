import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { tracesOf } from '../sandbox/guests/traces.ts';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { WorldSandbox } from './world-sandbox.ts';

describe('what machines leave on this computer', needs(...linuxGuests), () => {
  let world: World;

  before(async () => {
    world = await World.create(LINUX);
  });
  after(() => world?.destroy());

  /** Traces of guests, apart from the sandbox's own: its process, and the link that holds its range of addresses. */
  const ofGuests = () =>
    tracesOf(world.sandboxDirectory).filter((line) => !/ sandbox serve|^\d+: azdock\d+: .*\balias\b/.test(line));

  it('is nothing once rm has removed them, and nothing of the sandbox after down', async () => {
    const before = rules();
    await WorldSandbox.up(world);
    await Promise.all(['one', 'two'].map((name) => world.ok(['create', name, '--azure-provisioner', 'custom-script'])));
    const traces = ofGuests().join('\n');
    for (const kind of [
      /systemd-nspawn/,
      /\/disk\.img/,
      /AZDOCK-.*-I/,
      /AZDOCK-.*-O/,
      /^\d+: az[0-9a-f]+@/m,
      /\/sys\/fs\/cgroup\//,
    ])
      assert.match(traces, kind);

    await world.ok(['rm', '-y', 'one', 'two']);
    assert.deepEqual(ofGuests(), []);

    await world.ok(['sandbox', 'down']);
    assert.deepEqual(tracesOf(world.sandboxDirectory), []);
    assert.deepEqual(missing(before, rules()), []);
  });

  it('is nothing after down either while machines are there, and they come back with up', async () => {
    await WorldSandbox.up(world);
    await world.ok(['create', 'kept', '--azure-provisioner', 'custom-script']);
    await world.ok(['sandbox', 'down']);
    assert.deepEqual(tracesOf(world.sandboxDirectory), []);

    await WorldSandbox.up(world);
    for (let tries = 0; tries < 100; tries += 1) if ((await world.run(['env', 'kept'])).code === 0) break;
    await world.ok(['env', 'kept']);
    await world.ok(['rm', '-y', 'kept']);
    assert.deepEqual(ofGuests(), []);
  });

  it('is nothing after reset, whatever machines there were', async () => {
    await world.ok(['create', 'dropped', '--azure-provisioner', 'custom-script']);
    await world.ok(['sandbox', 'reset']);
    assert.deepEqual(ofGuests(), []);
    assert.equal(await world.ok(['status', 'dropped']), 'Not Found\n');
    await world.ok(['rm', '-y', 'dropped']);
  });
});

/** Mounts and firewall rules of this computer that are not other sandboxes'. */
function rules(): string[] {
  const iptables = execFileSync('iptables-save', ['-t', 'filter'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const mounts = readFileSync('/proc/mounts', 'utf8');
  return `${iptables}\n${mounts}`.split('\n').filter((line) => !/^[#:]|AZDOCK-|azdock/.test(line));
}

function missing(before: readonly string[], now: readonly string[]): string[] {
  return before.filter((line) => !now.includes(line));
}
