import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addresses } from '../../../src/drivers/azure/addresses.ts';
import { unsetOptions } from '../../../src/drivers/azure/resolve-options.ts';

const found = {
  publicIp: { ipAddress: '20.1.2.3', dnsSettings: { fqdn: 'dev-1.westeurope.cloudapp.azure.com' } },
  nic: { ipConfigurations: [{ privateIPAddress: '10.0.0.4' }] },
};

test('a machine is reached by its name, else by its public address, or privately where asked', () => {
  const main = (options: Partial<typeof unsetOptions>) => addresses({ ...unsetOptions, ...options }, {}, found).main;
  assert.equal(main({ dnsLabel: 'dev-1' }), 'dev-1.westeurope.cloudapp.azure.com');
  assert.equal(main({}), '20.1.2.3');
  assert.equal(main({ usePrivateIp: true }), '10.0.0.4');
  assert.equal(main({ noPublicIp: true }), '10.0.0.4');
});

test('in the sandbox, which has no DNS, the address stands for the name, and the name is one of the others', () => {
  const sandbox = { sandbox: Object.create(null) };
  const { main, others } = addresses({ ...unsetOptions, dnsLabel: 'dev-1' }, sandbox, found);
  assert.equal(main, '20.1.2.3');
  assert.deepEqual(others, ['dev-1.westeurope.cloudapp.azure.com', '10.0.0.4']);
});
