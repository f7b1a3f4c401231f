import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import { UnsupportedError } from '../../../src/errors/unsupported-error.ts';
import { UsageError } from '../../../src/errors/usage-error.ts';
import { startTestSandbox, type TestSandbox } from '../../sandbox/start.ts';
import { type CorporateNetwork, corporateNetwork } from './corporate-network.ts';
import { sandboxMachine } from './sandbox-machine.ts';

const { signal } = new AbortController();
let sandbox: TestSandbox;
let corp: CorporateNetwork;
before(async () => {
  sandbox = await startTestSandbox();
  corp = await corporateNetwork(sandbox);
});
after(() => sandbox.stop());

const office = {
  access: 'Allow',
  priority: 100,
  direction: 'Inbound',
  protocol: 'Tcp',
  sourceAddressPrefix: '192.0.2.0/24',
  sourcePortRange: '*',
  destinationAddressPrefix: '*',
  destinationPortRange: '443',
};
const groups = async () => (await corp.session.clients.network()).networkSecurityGroups;
const rules = async () => (await corp.session.clients.network()).securityRules;

test('who may come in is changed in all rules of azdock, and rules of others stay where they are', async () => {
  const machine = sandboxMachine(sandbox, { values: { openPorts: ['80'], allowFrom: ['203.0.113.7'] } });
  await machine.create();
  const { access } = machine.driver;
  assert.ok(access);
  assert.deepEqual(access.recorded, ['203.0.113.7']);
  assert.deepEqual((await access.read()).allowFrom, ['203.0.113.7']);
  await (await rules()).createOrUpdate('docker-machine', 'dev-firewall', 'office', { ...office, priority: 101 });
  await (await rules()).createOrUpdate('docker-machine', 'dev-firewall', 'out', {
    ...office,
    direction: 'Outbound',
    priority: 300,
  });

  const changed = await access.change(['198.51.100.0/24', '2001:db8::/32', 'AzureCloud.WestEurope'], signal);
  assert.deepEqual(changed.allowFrom, ['198.51.100.0/24', '2001:db8::/32', 'AzureCloud.WestEurope']);
  assert.deepEqual(await access.read(), changed);
  const found = await (await groups()).get('docker-machine', 'dev-firewall');
  const named = new Map(found.securityRules?.map((rule) => [rule.name, rule]));
  assert.equal(named.get('office')?.priority, 101);
  assert.equal(named.get('SSHAllowIPv6')?.priority, 102);
  assert.equal(named.size, 11);
  assert.equal(found.tags?.['azdock-machine'], 'dev');

  await access.change(['*'], signal);
  const open = await access.read();
  assert.deepEqual(open.allowFrom, ['*']);
  assert.deepEqual(
    open.rules.map(({ name, isOwn }) => [name, isOwn]),
    [
      ['SSHAllowAny', true],
      ['office', false],
      ['DockerAllowAny', true],
      ['Port80-TcpAllowAny', true],
    ],
  );
  await machine.remove();
});

test('a change that somebody else makes meanwhile is not written over', async () => {
  const plain = sandboxMachine(sandbox);
  await plain.create();
  let isFirst = true;
  const real = createDefaultHttpClient();
  const httpClient: HttpClient = {
    async sendRequest(request) {
      if (isFirst && request.method === 'PUT' && request.url.includes('/networkSecurityGroups/')) {
        isFirst = false;
        await (await rules()).createOrUpdate('docker-machine', 'dev-firewall', 'office', { ...office, priority: 400 });
      }
      return real.sendRequest(request);
    },
  };
  const { access } = sandboxMachine(sandbox, { httpClient }).driver;
  const changed = await access?.change(['203.0.113.9'], signal);
  assert.ok(changed?.rules.some(({ name }) => name === 'office'));
  assert.deepEqual(changed?.allowFrom, ['203.0.113.9']);
  await plain.remove();
});

test("somebody's own security group is shown and never changed", async () => {
  const machine = sandboxMachine(sandbox, { values: { securityGroup: 'corp:guard' } });
  const { access } = machine.driver;
  const report = await access?.read();
  assert.equal(report?.isOwn, false);
  assert.deepEqual(
    report?.rules.map(({ name, ports, from }) => [name, ports, from]),
    [['ssh', ['22'], ['10.0.0.0/8']]],
  );
  assert.equal(access?.recorded, undefined);
  await assert.rejects(
    async () => access?.change(['*'], signal),
    (error: unknown) => {
      assert.ok(error instanceof UnsupportedError);
      assert.match(error.nextSteps.at(-1)?.command ?? '', /^az network nsg rule create -g corp --nsg-name guard/);
      return true;
    },
  );
});

test('sources that nobody could use are refused before Azure is asked', async () => {
  const { access } = sandboxMachine(sandbox).driver;
  for (const sources of [['203.0.113.7/24'], ['2001:db8::1'], ['not a tag']])
    await assert.rejects(async () => access?.change(sources, signal), UsageError);
});

test('a machine whose firewall is gone is told so', async () => {
  await assert.rejects(async () => sandboxMachine(sandbox, { name: 'gone' }).driver.access?.read(), UnsupportedError);
});
