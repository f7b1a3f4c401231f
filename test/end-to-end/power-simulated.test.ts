import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { World } from './azdock.ts';

describe('power of simulated guests', () => {
  let world: World;

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    await Promise.all(['one', 'other'].map((name) => world.ok(['create', name])));
  });
  after(() => world?.destroy());

  const states = () => world.ok(['ls', '--format', '{{.Name}} {{.State}}']);

  it('several machines stop and start at once, and each is told', async () => {
    const stopped = await world.run(['stop', 'one', 'other']);
    assert.deepEqual([stopped.code, stopped.stdout], [0, 'Machine "one" was stopped.\nMachine "other" was stopped.\n']);
    assert.match(stopped.stderr, /^one: Deallocate virtual machine one: done/m);
    assert.equal(await states(), 'one Stopped\nother Stopped\n');
    const { started } = await world.json(['start', 'one', 'other']);
    assert.deepEqual(
      started.map(({ name }: { name: string }) => name),
      ['one', 'other'],
    );
    assert.equal(await states(), 'one Running\nother Running\n');
  });

  it('one that cannot be stopped does not keep the other, and makes the command fail', async () => {
    await world.ok(['kill', 'one']);
    const { code, stdout, stderr } = await world.run(['stop', 'one', 'other']);
    assert.deepEqual([code, stdout], [1, 'Machine "other" was stopped.\n']);
    assert.match(stderr, /^Machine "one" is already stopped\.$/m);
    const failed = await world.run(['stop', '--json', 'one', 'other']);
    assert.equal(failed.code, 1);
    const { error } = JSON.parse(failed.stdout);
    assert.equal(error.code, 'several');
    assert.deepEqual(error.details, ['Machine "other" is already stopped.']);
  });

  it('without a name the machine called default is meant, and there is none', async () => {
    for (const verb of ['start', 'stop', 'kill', 'restart', 'provision', 'upgrade']) {
      const { code, stderr } = await world.run([verb]);
      assert.equal(code, 2, verb);
      assert.match(stderr, /^No machine name\(s\) specified and no "default" machine exists$/m);
    }
  });

  it('upgrade says that such a guest cannot run anything', async () => {
    await world.ok(['restart', 'one']);
    const { code, stderr } = await world.run(['upgrade', 'one']);
    assert.equal(code, 1);
    assert.match(stderr, /^Docker could not be upgraded on one: .*\nsimulated guest: cannot run/m);
  });

  it('provision works as a creation does', async () => {
    assert.match(await world.ok(['provision', 'one']), /^one is running Docker \S+.* at tcp:/);
  });
});
