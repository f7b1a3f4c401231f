import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { recordRequests } from '../../../src/drivers/azure/template/record-requests.ts';
import { machineNumber, parameter } from '../../../src/machine/template/expression.ts';
import { Marks } from '../../../src/machine/template/marks.ts';
import { templateResources } from '../../../src/machine/template/resources.ts';

test('a mark makes way for its expression: bare, within a text, and as base64', () => {
  const marks = new Marks();
  marks.set('{{key}}', parameter('key'));
  marks.set('number', machineNumber);
  const base64 = Buffer.from('{{key}}').toString('base64');
  const filled = marks.fill({
    bare: '{{key}}',
    inner: 'webnumber-ip',
    both: '{{key}} and number',
    base64,
    other: [1, 'x'],
  });
  const kinds = JSON.parse(JSON.stringify(filled));
  assert.deepEqual(kinds.bare, { node: { kind: 'parameter', name: 'key' } });
  assert.deepEqual(kinds.inner.node.parts, ['web', { node: { kind: 'number' } }, '-ip']);
  assert.deepEqual(kinds.both.node.parts.length, 3);
  assert.equal(kinds.base64.node.name, 'base64');
  assert.deepEqual(kinds.other, [1, 'x']);
});

const group = '/subscriptions/s/resourceGroups/g/providers';

test('what would be made is kept and answered, and no other change is let through', async () => {
  const sent: string[] = [];
  const { client, requests } = recordRequests({
    async sendRequest(request) {
      sent.push(request.method);
      return { request, status: 404, headers: createHttpHeaders() };
    },
  });
  const ask = (method: 'GET' | 'PUT' | 'POST' | 'DELETE', path: string) =>
    client.sendRequest(
      createPipelineRequest({ method, url: `https://arm.test${path}?api-version=1`, body: '{"properties":{"a":1}}' }),
    );
  const made = await ask('PUT', `${group}/Microsoft.Network/virtualNetworks/v`);
  assert.deepEqual(JSON.parse(made.bodyAsText ?? '').properties, { a: 1, provisioningState: 'Succeeded' });
  await ask('GET', `${group}/Microsoft.Network/virtualNetworks/v`);
  await ask('POST', '/tenant/oauth2/v2.0/token');
  for (const method of ['POST', 'DELETE'] as const)
    await assert.rejects(ask(method, `${group}/Microsoft.Compute/virtualMachines/v`), /has no place in a template/);
  assert.deepEqual(sent, ['GET', 'POST']);
  assert.deepEqual(requests, [
    { id: `${group}/Microsoft.Network/virtualNetworks/v`, apiVersion: '1', body: { properties: { a: 1 } } },
  ]);
});

test('a type that templates do not know is no silent gap', () => {
  const reading = { group: 'g', location: 'westeurope', marks: new Marks() };
  const unknown = { id: `${group}/Microsoft.Storage/storageAccounts/a`, apiVersion: '1', body: {} };
  assert.throws(() => templateResources([unknown], reading), /storageAccounts\/a is of a type that templates/);
});

test('what another request makes is referred to, whatever the case of its id, and what exists stays an id', () => {
  const vnet = `${group}/Microsoft.Network/virtualNetworks/v`;
  const body = {
    location: 'westeurope',
    properties: { mine: `${vnet.toUpperCase()}/subnets/s`, theirs: '/subscriptions/o' },
  };
  const [, nic] = templateResources(
    [
      { id: `${group}/Microsoft.Network/networkInterfaces/n`, apiVersion: '1', body },
      { id: vnet, apiVersion: '1', body: {} },
    ],
    { group: 'G', location: 'westeurope', marks: new Marks() },
  );
  const { location, properties } = JSON.parse(JSON.stringify(nic?.body));
  assert.equal(location.node.name, 'location');
  assert.deepEqual(properties.mine.node.child, ['subnets', 's']);
  assert.equal(properties.theirs, '/subscriptions/o');
});
