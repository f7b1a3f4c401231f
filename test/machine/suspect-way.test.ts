import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EngineUnreachableError } from '../../src/errors/engine-unreachable-error.ts';
import { SshError } from '../../src/errors/ssh-error.ts';
import { TimeoutError } from '../../src/errors/timeout-error.ts';
import { suspectWay } from '../../src/machine/suspect-way.ts';
import { defaultRecord } from '../../src/store/default-record.ts';
import type { DriverRecord, JsonObject } from '../../src/store/record.ts';
import type { Sidecar } from '../../src/store/sidecar.ts';

const base: DriverRecord = {
  IPAddress: '192.168.0.4',
  MachineName: 'dev',
  SSHUser: 'docker-user',
  SSHPort: 22,
  SSHKeyPath: '',
  StorePath: '/store',
  SwarmMaster: false,
  SwarmHost: '',
  SwarmDiscovery: '',
};
function machine(driver: JsonObject, asked?: JsonObject) {
  const record = defaultRecord({
    root: '/store',
    name: 'dev',
    driverName: 'azure',
    driver: { ...base, ...driver },
    engine: {},
    tlsSans: [],
    swarm: {},
    certificates: {},
  });
  if (asked === undefined) return { record, sidecar: undefined };
  const sidecar: Sidecar = { version: 1, id: 'i', phase: 'ready', createdAt: '', journal: [], driver: asked };
  return { record, sidecar };
}
const late = (failure: 'timeout' | 'client-certificate') =>
  new TimeoutError('The engine of dev did not come up.', { cause: new EngineUnreachableError('no', { failure }) });

test('a machine without a public address that does not answer is told to be reached from its network only', () => {
  const { message, details } = suspectWay(late('timeout'), machine({ NoPublicIP: true }));
  assert.equal(message, 'The engine of dev did not come up.');
  assert.match(details[0] ?? '', /private address 192\.168\.0\.4 only: it has no public one.*VPN.*tunnel/);
});

test('so is one that was told to be reached there, over SSH too', () => {
  const error = new SshError('no connection', { failure: 'unreachable' });
  assert.match(suspectWay(error, machine({ UsePrivateIP: true })).details[0] ?? '', /--azure-use-private-ip/);
});

test('what came through to the machine, and what is reached from everywhere, is not explained so', () => {
  assert.deepEqual(suspectWay(late('client-certificate'), machine({ NoPublicIP: true })).details, []);
  assert.deepEqual(suspectWay(late('timeout'), machine({})).details, []);
  const refused = new SshError('key refused', { failure: 'authentication' });
  assert.deepEqual(suspectWay(refused, machine({ NoPublicIP: true })).details, []);
});

test('sources in a record that are none are not told', () => {
  const odd = machine({}, { allowFrom: [{ toString: 1 }, '203.0.113.7', 5] });
  assert.match(suspectWay(late('timeout'), odd).details[0] ?? '', / lets in 203\.0\.113\.7 only;/);
  assert.deepEqual(suspectWay(late('timeout'), machine({}, { allowFrom: [{ toString: 1 }] })).details, []);
});

test('of a machine whose firewall lets in a few only, it is told who, and how to change it, once', () => {
  const closed = machine({}, { allowFrom: ['203.0.113.7', 'VirtualNetwork'] });
  const { details, nextSteps } = suspectWay(suspectWay(late('timeout'), closed), closed);
  assert.deepEqual(details, [
    'The firewall of dev lets in 203.0.113.7, VirtualNetwork only; from any other address nothing answers.',
  ]);
  assert.deepEqual(
    nextSteps.map(({ command }) => command),
    ['azdock allow dev --add ADDRESS'],
  );
  assert.deepEqual(suspectWay(late('timeout'), machine({}, { allowFrom: ['*'] })).details, []);
});

test("behind somebody's security group, that is named", () => {
  const { details, nextSteps } = suspectWay(late('timeout'), machine({}, { securityGroup: 'corp:guard' }));
  assert.match(details[0] ?? '', /^dev is behind network security group corp:guard/);
  assert.deepEqual(
    nextSteps.map(({ command }) => command),
    ['azdock allow dev'],
  );
});
