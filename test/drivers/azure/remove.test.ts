import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAzureDriver } from '../../../src/drivers/azure/driver.ts';
import { azureNames } from '../../../src/drivers/azure/naming.ts';
import type { AzureOptions } from '../../../src/drivers/azure/options.ts';
import { azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { PartialRemovalError } from '../../../src/errors/partial-removal-error.ts';
import { Secret } from '../../../src/secret/secret.ts';
import { silentProgress } from '../../../src/steps/progress.ts';
import { echoAzure } from './echo-azure.ts';
import { memoryJournal } from './memory-journal.ts';
import { type Answer, type Call, dependencies, fakeClock, refusal } from './scripted-azure.ts';

const login = { subscriptionId: 'sub', tenantId: 't', clientId: 'c', clientSecret: new Secret('hush') };
const { options } = azureOptions(login);
const { ids } = azureNames({ ...options, machine: 'dev', subscriptionId: 'sub' });
const own = [ids.vm, ids.disk, ids.nic, ids.publicIp, ids.firewall];
const shared = [ids.group, ids.vnet, ids.subnet];

interface World {
  readonly journal?: ReturnType<typeof memoryJournal>;
  readonly instead?: (call: Call) => Answer | undefined;
  readonly with?: Partial<AzureOptions>;
  readonly there?: readonly string[];
}

function world(given: World = {}) {
  const azure = echoAzure(given.instead);
  for (const id of given.there ?? [...own, ids.group])
    azure.resources.set(id.toLowerCase(), { id, tags: {}, properties: {} });
  const journal =
    given.journal ??
    memoryJournal([...own.map((id) => ({ id, shared: false })), ...shared.map((id) => ({ id, shared: true }))], true);
  const clock = fakeClock();
  const driver = createAzureDriver({
    name: 'dev',
    id: 'id-1',
    options: { ...options, ...given.with },
    dependencies: dependencies({ httpClient: azure.httpClient, clock }),
  });
  const remove = () => driver.remove(journal, silentProgress, new AbortController().signal);
  const deleted = () => azure.calls.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
  return { azure, journal, clock, remove, deleted };
}

test('everything that the journal names is deleted in the order that Azure allows, and the owned group last', async () => {
  const { remove, deleted, azure, journal } = world();
  await remove();
  const order = deleted().map((path) => path.split('/').at(-1));
  assert.equal(order[0], 'dev');
  assert.ok(order.indexOf('dev-nic') < order.indexOf('dev-ip'));
  assert.ok(order.indexOf('dev-ip') < order.indexOf('dev-firewall'));
  assert.equal(order.at(-1), 'docker-machine');
  assert.deepEqual([...azure.resources.keys()], []);
  assert.deepEqual(journal.entries, []);
});

test('nothing asked for and nothing there is a removal that succeeds, again and again', async () => {
  const { remove, deleted } = world({ journal: memoryJournal(), there: [] });
  await remove();
  await remove();
  assert.deepEqual(deleted(), []);
});

test('a group that azdock did not make stays', async () => {
  const journal = memoryJournal(own.map((id) => ({ id, shared: false })));
  const { remove, azure } = world({ journal });
  await remove();
  assert.deepEqual([...azure.resources.keys()], [ids.group.toLowerCase()]);
});

test('a group that an earlier machine of azdock made goes with the last machine', async () => {
  const journal = memoryJournal(own.map((id) => ({ id, shared: false })));
  const { remove, azure } = world({ journal });
  azure.resources.set(ids.group.toLowerCase(), { tags: { 'azdock-shared': 'true' } });
  await remove();
  assert.deepEqual([...azure.resources.keys()], []);
});

test('a group stays while somebody else has something in it', async () => {
  const other = ids.firewall.replace('dev-', 'other-');
  const { remove, azure } = world({
    there: [...own, other, ids.group],
    instead: ({ path }) =>
      /\/networkSecurityGroups$/i.test(path) ? { status: 200, body: { value: [{ id: other }] } } : undefined,
  });
  await remove();
  assert.deepEqual([...azure.resources.keys()].sort(), [other.toLowerCase(), ids.group.toLowerCase()].sort());
});

test('what a lagging list still shows is asked for by name, and its absence believed', async () => {
  const { remove, azure } = world({
    instead: ({ path }) =>
      /\/resources$/i.test(path) ? { status: 200, body: { value: own.map((id) => ({ id })) } } : undefined,
  });
  await remove();
  assert.deepEqual([...azure.resources.keys()], []);
});

test('what carries the tag is removed though the journal does not know it', async () => {
  const { remove, azure } = world({
    journal: memoryJournal(),
    instead: ({ url }) =>
      decodeURIComponent(url).includes("tagName eq 'azdock-id' and tagValue eq 'id-1'")
        ? { status: 200, body: { value: own.map((id) => ({ id })) } }
        : undefined,
  });
  await remove();
  assert.deepEqual([...azure.resources.keys()], [ids.group.toLowerCase()]);
});

test('a NIC that Azure keeps reserved for 180 s is waited for', async () => {
  let asked = 0;
  const clock: { now(): number }[] = [];
  const made = world({
    instead: ({ method, path }) => {
      if (method !== 'DELETE' || !path.includes('networkInterfaces')) return undefined;
      asked += 1;
      return (clock[0]?.now() ?? 0) < 180_000
        ? refusal(400, 'NicReservedForAnotherVm', 'Reserved for 180 seconds.')
        : undefined;
    },
  });
  clock.push(made.clock);
  await made.remove();
  assert.ok(asked > 3);
  assert.deepEqual([...made.azure.resources.keys()], []);
});

test('what Azure refuses to delete is named with its id, and the rest is deleted', async () => {
  const { remove, azure, journal } = world({
    instead: ({ method, path }) =>
      method === 'DELETE' && path.includes('/disks/')
        ? refusal(409, 'ScopeLocked', 'The scope is locked. Remove the lock.')
        : undefined,
  });
  await assert.rejects(remove(), (error: unknown) => {
    assert.ok(error instanceof PartialRemovalError);
    assert.equal(error.message, 'dev is not wholly removed; left in Azure: disk dev-os-disk.');
    assert.ok(error.details[0]?.startsWith(ids.disk));
    assert.equal(error.nextSteps[0]?.command, 'azdock rm dev');
    assert.equal(error.exitCode, 9);
    return true;
  });
  assert.deepEqual([...azure.resources.keys()].sort(), [ids.disk, ids.group].map((id) => id.toLowerCase()).sort());
  assert.ok(journal.entries.some(({ id }) => id === ids.disk));
});

test('a VM that cannot be deleted keeps what hangs on it from being asked for', async () => {
  const { remove, deleted } = world({
    instead: ({ method, path }) =>
      method === 'DELETE' && path.endsWith('/virtualMachines/dev') ? refusal(409, 'ScopeLocked', 'Locked.') : undefined,
  });
  await assert.rejects(remove(), PartialRemovalError);
  assert.deepEqual(
    deleted().map((path) => path.split('/').at(-1)),
    ['dev'],
  );
});

test("a machine of docker-machine's is removed by the names that docker-machine gives", async () => {
  const { remove, azure } = world({ journal: memoryJournal(), with: { adopted: true } });
  await remove();
  assert.deepEqual([...azure.resources.keys()], [ids.group.toLowerCase()]);
});

test('a network in use stays, one that azdock made and nobody uses goes', async () => {
  const used = { name: 'docker-machine', properties: { ipConfigurations: [{ id: 'x' }] } };
  const vnet =
    (subnets: object[], tags = {}) =>
    (call: Call) =>
      call.method === 'GET' && call.path.endsWith('/virtualNetworks/docker-machine-vnet')
        ? { status: 200, body: { tags, properties: { subnets } } }
        : undefined;
  const busy = world({ instead: vnet([used]) });
  await busy.remove();
  assert.ok(!busy.deleted().some((path) => path.includes('virtualNetworks')));
  const free = world({
    journal: memoryJournal(own.map((id) => ({ id, shared: false }))),
    instead: vnet([], { 'azdock-shared': 'true' }),
  });
  await free.remove();
  assert.ok(free.deleted().some((path) => path.endsWith('/docker-machine-vnet')));
  const foreign = world({ journal: memoryJournal(own.map((id) => ({ id, shared: false }))), instead: vnet([]) });
  await foreign.remove();
  assert.ok(!foreign.deleted().some((path) => path.includes('virtualNetworks')));
});

test('a subnet that azdock added to a network of someone else goes alone', async () => {
  const { remove, deleted } = world({
    journal: memoryJournal([...own.map((id) => ({ id, shared: false })), { id: ids.subnet, shared: true }]),
    instead: (call) =>
      call.method === 'GET' && call.path.endsWith('/virtualNetworks/docker-machine-vnet')
        ? { status: 200, body: { properties: { subnets: [{ name: 'docker-machine' }, { name: 'theirs' }] } } }
        : undefined,
  });
  await remove();
  assert.deepEqual(
    deleted()
      .filter((path) => path.includes('virtualNetworks'))
      .map((path) => path.split('/').slice(-2).join('/')),
    ['subnets/docker-machine'],
  );
});
