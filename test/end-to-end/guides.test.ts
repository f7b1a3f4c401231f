import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { make } from '../sandbox/build-machine.ts';
import { World } from './azdock.ts';
import { WorldSandbox } from './world-sandbox.ts';

const location = 'westeurope';

/** The creations that a guide shows, each as the words after the program's name. */
function creations(guide: string): string[][] {
  const text = readFileSync(`docs/guides/${guide}.md`, 'utf8');
  return [...text.matchAll(/^ {4}azdock (create .*)$/gm)].map(([, line = '']) => line.split(' '));
}

describe('what the guides show', () => {
  let world: World;
  let sandbox: WorldSandbox;

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    sandbox = await WorldSandbox.up(world);
    for (const group of ['team-rg', 'network-rg']) await make(sandbox.azure, `/resourcegroups/${group}`, { location });
    const network = '/resourceGroups/team-rg/providers/Microsoft.Network/virtualNetworks/team-vnet';
    const subnets = [{ name: 'docker', properties: { addressPrefix: '10.20.0.0/24' } }];
    const addressSpace = { addressPrefixes: ['10.20.0.0/16'] };
    await make(sandbox.azure, network, { location, properties: { addressSpace, subnets } });
    const rule = {
      priority: 100,
      protocol: 'Tcp',
      access: 'Allow',
      direction: 'Inbound',
      sourceAddressPrefix: '*',
      sourcePortRange: '*',
      destinationAddressPrefix: '*',
      destinationPortRanges: ['22', '2376'],
    };
    const securityRules = [{ name: 'docker', properties: rule }];
    await make(
      sandbox.azure,
      '/resourceGroups/network-rg/providers/Microsoft.Network/networkSecurityGroups/docker-hosts',
      { location, properties: { securityRules } },
    );
  });
  after(() => world?.destroy());

  for (const guide of ['private-network', 'spot']) {
    // A simulated guest has to have a public address.
    const shown = creations(guide).filter((words) => !words.includes('--azure-no-public-ip'));
    for (const [index, words] of shown.entries()) {
      it(`${guide}: ${words.join(' ')}`, async () => {
        const place = `/subscriptions/${sandbox.discovery.subscriptionId}/resourceGroups/team-rg/providers/Microsoft.Network`;
        const name = `m${index}`;
        const group = `${guide}-${index}`;
        const args = words
          .slice(0, -1)
          .map((word) => word.replace('/subscriptions/…', place).replace('203.0.113.0/24', '127.0.0.0/8'));
        await world.ok([...args, name], { env: { AZURE_RESOURCE_GROUP: group } });
        await world.ok(['rm', '-y', name]);
        assert.deepEqual(await sandbox.resourcesIn(group), []);
      });
    }
  }

  it('leaves the networks of others as they were', async () => {
    const left = await Promise.all(['team-rg', 'network-rg'].map((group) => sandbox.resourcesIn(group)));
    assert.deepEqual(
      left
        .flat()
        .map((id) => id.split('/').at(-1))
        .sort(),
      ['docker-hosts', 'team-vnet'],
    );
  });
});
