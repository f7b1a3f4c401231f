import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import type { Json } from '../sandbox/raw-https.ts';
import { World } from './azdock.ts';
import { WorldSandbox } from './world-sandbox.ts';

suite('choosing regions, sizes and images', () => {
  let world: World;
  let sandbox: WorldSandbox;

  before(async () => {
    world = await World.create();
    sandbox = await WorldSandbox.up(world, ['--guests', 'simulated']);
  });
  after(() => world?.destroy());

  const names = (rows: readonly Json[]): string[] => rows.map(({ name }) => name);

  test('locations are those where machines can be made, with their zones', async () => {
    const all = await world.json(['locations']);
    assert.ok(names(all).includes('westeurope') && !names(all).includes('europe'));
    const [place] = all.filter(({ name }: Json) => name === 'westeurope');
    assert.deepEqual(
      [place.displayName, place.zones, place.pairedRegion, place.recommended],
      ['West Europe', ['1', '2', '3'], 'northeurope', true],
    );
    assert.deepEqual(names(await world.json(['locations', '--zones', '--filter', 'name=^(westus|westus2)$'])), [
      'westus2',
    ]);
    assert.match(
      await world.ok(['locations', '--filter', 'geography=germany']),
      /^germanywestcentral +Germany West Central/m,
    );
  });

  test('sizes are those that can be made now: what is closed or beyond a quota is shown by --all, with the reason', async () => {
    const now = await world.json(['sizes', '--cpus', '2', '--memory', '8', '--arch', 'x64']);
    assert.ok(names(now).includes('Standard_D2s_v5'));
    assert.ok(
      now.every((size: Json) => size.available && size.vcpus >= 2 && size.memoryGiB >= 8 && size.quota.left >= 2),
    );
    const all = await world.json(['sizes', '--all']);
    const reasons = Object.fromEntries(all.map(({ name, reason }: Json) => [name, reason]));
    assert.deepEqual(
      ['Standard_D2s_v5', 'Standard_D2_v2', 'Standard_F8s_v2', 'Standard_NC4as_T4_v3'].map((name) => reasons[name]),
      [null, 'restricted', 'quota', 'quota'],
    );
    assert.ok(names(await world.json(['sizes', '--azure-location', 'North Europe'])).includes('Standard_L8s_v3'));
    const spot = await world.json(['sizes', '--spot', '--zone', '2']);
    assert.ok(spot.every((size: Json) => size.zones.includes('2') && size.quota.name === 'Spot vCPUs'));
    assert.match(await world.ok(['sizes', '--family', 'FSv2']), /^Standard_F2s_v2 +2 +4 GiB +x64 +1 2 3 +4 +spot/m);
  });

  test('images are found by short name, by publisher, and by a word', async () => {
    const short = await world.json(['images']);
    const [ubuntu] = short.filter(({ alias, architecture }: Json) => alias === 'Ubuntu2404' && architecture === 'x64');
    assert.equal(ubuntu.urn, 'Canonical:ubuntu-24_04-lts:server:latest');
    assert.deepEqual(
      [ubuntu.generation, ubuntu.trustedLaunch, ubuntu.plan, ubuntu.state],
      ['V2', true, null, 'active'],
    );
    assert.match(await world.ok(['images', 'flatcar']), /^FlatcarLinuxFreeGen2 .*has a purchase plan$/m);
    assert.match(
      await world.ok(['images', '18.04']),
      /18\.04-LTS:latest .*deprecated since 2025-05-31, cannot be used$/m,
    );
    const versions = ['images', '--publisher', 'debian', '--offer', '12', '--sku', '12-gen2', '--all'];
    assert.equal((await world.json(versions)).length, 2);
    const nothing = await world.run(['images', 'nosuchthing', '--json']);
    assert.deepEqual([nothing.code, nothing.stdout], [0, '[]\n']);
    assert.match(nothing.stderr, /No image is called so/);
    const { code, stderr } = await world.run(['images', '--publisher', 'canonicl']);
    assert.deepEqual([code, /Did you mean Canonical\?/.test(stderr)], [2, true]);
  });

  test('a region that is none is refused by all of them, and the nearest is named', async () => {
    for (const verb of ['sizes', 'images']) {
      const { code, stdout, stderr } = await world.run([verb, '--azure-location', 'westeurop']);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /no region westeurop .*Did you mean westeurope\?/);
    }
  });

  test('create refuses a size that cannot be had before anything is made, and names near ones that can', async () => {
    const { code, stdout } = await world.run(['create', 'dev', '--azure-size', 'Standard_F8s_v2', '--json']);
    const { error } = JSON.parse(stdout);
    assert.deepEqual([code, error.code], [3, 'pre-create-check']);
    assert.match(
      error.message,
      /needs 8 cores, and this subscription has 4 left in westeurope \(quota of FSv2 vCPUs\)/,
    );
    const commands: string[] = error.nextSteps.map(({ command }: Json) => command);
    assert.equal(commands[0], 'azdock create dev --azure-size Standard_D8s_v5');
    assert.deepEqual(await sandbox.counts(), {});
  });

  test('create names near sizes as well when Azure turns out to be sold out, and the near one can be made', async () => {
    const asked = ['--azure-location', 'northeurope', '--azure-availability-zone', '2'];
    const { code, stdout } = await world.run(['create', 'dev', ...asked, '--azure-size', 'Standard_E2s_v5', '--json']);
    const { error } = JSON.parse(stdout);
    assert.deepEqual([code, error.azure.code], [7, 'SkuNotAvailable']);
    const near: string = error.nextSteps.find(({ label }: Json) => /vCPUs/.test(label)).command;
    assert.match(near, /^azdock create dev --azure-location northeurope --azure-availability-zone 2 --azure-size \S+$/);
    await world.ok(near.split(' ').slice(1));
    const [row] = await world.json(['ls']);
    assert.equal(row.state, 'Running');
    await world.ok(['rm', '-y', 'dev']);
  });

  test('without a login all of them say what to do about it', async () => {
    const env = {
      AZURE_ENVIRONMENT: 'AzurePublicCloud',
      AZURE_SUBSCRIPTION_ID: 'b10ff6b8-9ef8-46dd-b88b-a711d815edb9',
    };
    for (const verb of ['locations', 'sizes', 'images']) {
      const { code, stderr } = await world.run([verb], { env });
      assert.equal(code, 6, stderr);
      assert.match(stderr, /No Azure login was found/);
    }
  });
});
