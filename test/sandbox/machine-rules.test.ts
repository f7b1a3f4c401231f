import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  compute,
  location,
  machineBody,
  make,
  makeInterface,
  makeMachine,
  makeNetwork,
  network,
  refusal,
} from './build-machine.ts';
import { FakeGuests } from './fake-guests.ts';
import { ManualClock } from './manual-clock.ts';
import { type Arm, finish, type Json, openArm } from './raw-https.ts';
import { startTestSandbox, type TestSandbox } from './start.ts';

const guests = new FakeGuests();
const clock = new ManualClock();
let sandbox: TestSandbox;
let arm: Arm;
before(async () => {
  sandbox = await startTestSandbox({ guests, clock });
  arm = await openArm(sandbox);
  await makeNetwork(arm);
  await makeInterface(arm, 'x');
});
after(() => sandbox.stop());

const path = `${compute}/virtualMachines/x`;
const refused = async (change: (body: Json) => void) => {
  const body = machineBody(arm, 'x');
  change(body);
  const answer = await arm('PUT', path, body);
  return `${answer.status} ${answer.body.error?.code} ${answer.body.error?.target ?? ''}`.trim();
};

test('size, image, quota and placement are checked before anything is made', async () => {
  const size = (vmSize: string) => refused((body) => Object.assign(body.properties.hardwareProfile, { vmSize }));
  assert.equal(await size('Standard_Nothing'), '400 InvalidParameter vmSize');
  assert.equal(await size('Standard_D2_v2'), '409 SkuNotAvailable');
  assert.equal(await size('Standard_B2ps_v2'), '400 InvalidParameter vmSize');
  const image = (more: Json) => refused((body) => Object.assign(body.properties.storageProfile.imageReference, more));
  assert.equal(await image({ offer: 'UbuntuServer', sku: '16.04.0-LTS' }), '404 PlatformImageNotFound imageReference');
  assert.equal(await image({ version: '1.0.0' }), '404 PlatformImageNotFound imageReference');
  const trusted = { securityType: 'TrustedLaunch' };
  assert.equal(
    await refused((body) => {
      body.properties.storageProfile.imageReference.sku = 'server-gen1';
      body.properties.securityProfile = trusted;
    }),
    '400 InvalidParameter securityProfile.securityType',
  );
  assert.deepEqual((await arm('GET', `${compute}/disks`)).body.value, []);
  assert.equal(await refusal(arm('GET', path)), '404 ResourceNotFound');
});

test('the profile of the operating system is checked', async () => {
  const os = (more: Json) => refused((body) => Object.assign(body.properties.osProfile, more));
  assert.equal(await os({ adminUsername: 'root' }), '400 InvalidParameter adminUsername');
  assert.equal(await os({ linuxConfiguration: {} }), '400 InvalidParameter adminPassword');
  const noWayIn = { linuxConfiguration: { disablePasswordAuthentication: true } };
  assert.equal(await os(noWayIn), '400 InvalidParameter linuxConfiguration');
  assert.equal(await os({ customData: 'not base64!' }), '400 InvalidParameter customData');
  assert.equal(await os({ customData: 'A'.repeat(87_384) }), '400 InvalidParameter customData');
  const elsewhere = {
    disablePasswordAuthentication: true,
    ssh: { publicKeys: [{ path: '/root/.ssh/authorized_keys', keyData: 'ssh-rsa AAAA' }] },
  };
  assert.equal(
    await os({ linuxConfiguration: elsewhere }),
    '400 InvalidParameter linuxConfiguration.ssh.publicKeys.path',
  );
});

test('an availability set excludes zones, must exist and be aligned', async () => {
  const id = `${arm.subscription}${compute}/availabilitySets/set`;
  const wanted = (body: Json) => {
    body.properties.availabilitySet = { id };
  };
  assert.equal(await refused(wanted), '400 InvalidResourceReference');
  assert.equal((await arm('PUT', `${compute}/availabilitySets/set`, { location })).status, 200);
  assert.equal(await refused(wanted), '400 InvalidParameter availabilitySet');
  await arm('PUT', `${compute}/availabilitySets/set`, { location, sku: { name: 'Aligned' } });
  assert.equal(
    await refused((body) => {
      wanted(body);
      body.zones = ['1'];
    }),
    '400 InvalidParameter availabilitySet',
  );
  const tooMany = { location, properties: { platformFaultDomainCount: 4 } };
  assert.equal(await refusal(arm('PUT', `${compute}/availabilitySets/big`, tooMany)), '400 InvalidParameter');
});

test('an unknown member is refused, and so is a missing one', async () => {
  assert.equal(
    await refused((body) => {
      body.properties.osProfile.adminUserName = 'x';
    }),
    '400 BadRequest properties.osProfile.adminUserName',
  );
  assert.equal(
    await refused((body) => {
      body.properties.storageProfile.dataDisks = [{}];
    }),
    '400 InvalidParameter properties.storageProfile.dataDisks[0].lun',
  );
});

test('cores of a family run out, with numbers', async () => {
  const small = { properties: { hardwareProfile: { vmSize: 'Standard_F2s_v2' } } };
  await makeMachine(arm, 'f1', small);
  await makeMachine(arm, 'f2', small);
  const usages = await arm('GET', '/providers/Microsoft.Compute/locations/westeurope/usages');
  const family = usages.body.value.find(({ name }: Json) => name.value === 'standardFSv2Family');
  assert.deepEqual([family.currentValue, family.limit], [4, 4]);
  await makeInterface(arm, 'f3');
  const answer = await arm('PUT', `${compute}/virtualMachines/f3`, machineBody(arm, 'f3', small));
  assert.equal(`${answer.status} ${answer.body.error.code}`, '409 OperationNotAllowed');
  assert.match(
    answer.body.error.message,
    /exceeding approved standardFSv2Family Cores quota.* Current Limit: 4, Current Usage: 4, Additional Required: 2, \(Minimum\) New Limit Required: 6/,
  );
});

test('an interface is kept for the machine that failed, 180 seconds or until that machine is deleted', async () => {
  guests.beforeCreate = async () => {
    throw new Error('no power');
  };
  const failed = await finish(arm, await arm('PUT', path, machineBody(arm, 'x')));
  guests.beforeCreate = async () => undefined;
  assert.equal(failed.body.status, 'Failed');
  assert.equal(failed.body.error.code, 'OSProvisioningClientError');
  assert.match(failed.body.error.message, /no power/);
  const view = await arm('GET', `${path}/instanceView`);
  assert.equal(view.body.statuses[0].code, 'ProvisioningState/failed/OSProvisioningClientError');

  const nic = `${network}/networkInterfaces/x-nic`;
  assert.equal(await refusal(arm('DELETE', nic)), '400 NicReservedForAnotherVm');
  const other = machineBody(arm, 'y');
  other.properties.networkProfile = machineBody(arm, 'x').properties.networkProfile;
  const put = () => refusal(arm('PUT', `${compute}/virtualMachines/y`, other));
  assert.equal(await put(), '400 NicReservedForAnotherVm');
  await clock.advance(181);
  assert.equal(await put(), '201 undefined');
  await finish(arm, await arm('DELETE', `${compute}/virtualMachines/y`));

  const retried = await arm('PUT', path, machineBody(arm, 'x'));
  assert.equal(retried.status, 200);
  assert.equal((await finish(arm, retried)).body.status, 'Succeeded');
});

test('an interface of one machine is refused to another', async () => {
  const other = machineBody(arm, 'y');
  other.properties.networkProfile = machineBody(arm, 'x').properties.networkProfile;
  assert.equal(await refusal(arm('PUT', `${compute}/virtualMachines/y`, other)), '400 NicInUse');
});

test('a machine can be written again as it is, with other tags or another size, but not be made another', async () => {
  const put = async (change: (body: Json) => void) => {
    const body = machineBody(arm, 'x');
    change(body);
    const accepted = await arm('PUT', path, body);
    await finish(arm, accepted);
    return `${accepted.status} ${accepted.body.error?.target ?? ''}`.trim();
  };
  assert.equal(await put(() => undefined), '200');
  assert.equal(
    await put((body) => {
      body.tags = { a: 'b' };
      body.properties.hardwareProfile.vmSize = 'Standard_D2s_v5';
    }),
    '200',
  );
  const { body } = await arm('GET', path);
  assert.deepEqual(body.tags, { a: 'b' });
  assert.equal(body.properties.hardwareProfile.vmSize, 'Standard_D2s_v5');
  assert.equal(guests.calls.at(-1), 'restart');
  assert.equal(
    await put((changed) => {
      changed.properties.osProfile.adminUsername = 'other';
    }),
    '409 osProfile.adminUsername',
  );
  assert.equal(
    await put((changed) => {
      changed.properties.osProfile.customData = 'ZWNobw==';
    }),
    '409 osProfile.customData',
  );
});

test('secrets of a machine are never given back', async () => {
  await makeInterface(arm, 'sec');
  const body = machineBody(arm, 'sec');
  Object.assign(body.properties.osProfile, { adminPassword: 'S3cret-pass!', customData: 'IyEvYmluL3No' });
  body.properties.osProfile.linuxConfiguration.disablePasswordAuthentication = false;
  const accepted = await arm('PUT', `${compute}/virtualMachines/sec`, body);
  await finish(arm, accepted);
  const shown = accepted.text + (await arm('GET', `${compute}/virtualMachines/sec?$expand=instanceView`)).text;
  assert.doesNotMatch(shown, /S3cret|IyEvYmluL3No/);
  const spec = [...guests.guests.values()].find(({ spec: { computerName } }) => computerName === 'sec')?.spec;
  assert.equal(spec?.adminPassword, 'S3cret-pass!');
});

test('without delete options a machine leaves disk, interface and address behind; with them nothing', async () => {
  await finish(arm, await arm('DELETE', `${compute}/virtualMachines/sec`));
  const disk = await arm('GET', `${compute}/disks/sec-disk`);
  assert.equal(disk.body.properties.diskState, 'Unattached');
  const again = arm('PUT', `${compute}/virtualMachines/sec`, machineBody(arm, 'sec'));
  assert.equal(await refusal(again), '409 ConflictingUserInput');
  assert.equal((await arm('GET', `${network}/networkInterfaces/sec-nic`)).status, 200);
  assert.equal((await arm('GET', `${network}/publicIPAddresses/sec-ip`)).status, 200);

  await makeInterface(arm, 'gone');
  await make(arm, `${network}/publicIPAddresses/gone-ip`, {
    location,
    sku: { name: 'Standard' },
    properties: { publicIPAllocationMethod: 'Static', deleteOption: 'Delete' },
  });
  const body = machineBody(arm, 'gone');
  body.properties.storageProfile.osDisk.deleteOption = 'Delete';
  body.properties.networkProfile.networkInterfaces[0].properties = { deleteOption: 'Delete' };
  await make(arm, `${compute}/virtualMachines/gone`, body);
  await finish(arm, await arm('DELETE', `${compute}/virtualMachines/gone?forceDeletion=true`));
  const { body: all } = await arm('GET', '/resourceGroups/rg/resources');
  assert.deepEqual(
    all.value.filter(({ name }: Json) => name.startsWith('gone')),
    [],
  );
});

test('a deletion overrides a creation that is going on, and the guest does not outlive it', async () => {
  await makeInterface(arm, 'slow');
  guests.beforeCreate = () => new Promise(() => undefined);
  const accepted = await arm('PUT', `${compute}/virtualMachines/slow`, machineBody(arm, 'slow'));
  assert.equal(await refusal(arm('PUT', `${compute}/virtualMachines/slow`, machineBody(arm, 'slow'))), '409 Conflict');
  const deleted = await finish(arm, await arm('DELETE', `${compute}/virtualMachines/slow`));
  guests.beforeCreate = async () => undefined;
  assert.equal(deleted.body.status, 'Succeeded');
  const overridden = await finish(arm, accepted);
  assert.equal(`${overridden.body.status} ${overridden.body.error.code}`, 'Canceled OperationPreempted');
  assert.equal(await refusal(arm('GET', `${compute}/virtualMachines/slow`)), '404 ResourceNotFound');
  assert.ok(![...guests.guests.keys()].some((id) => id.endsWith('/slow')));
});

test('power actions reach the guest, and a machine that is off cannot be restarted or extended', async () => {
  const power = async (action: string) => finish(arm, await arm('POST', `${path}/${action}`));
  await power('powerOff');
  assert.equal(guests.calls.at(-1), 'powerOff');
  assert.equal(await refusal(arm('POST', `${path}/restart`)), '409 OperationNotAllowed');
  const extension = {
    location,
    properties: { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', typeHandlerVersion: '2.1' },
  };
  assert.equal(await refusal(arm('PUT', `${path}/extensions/e`, extension)), '409 OperationNotAllowed');
  await power('start');
  assert.equal(guests.calls.at(-1), 'start');
});

test('one request tells what all machines of a subscription are doing', async () => {
  const list = async (query: string) =>
    (await arm('GET', `/providers/Microsoft.Compute/virtualMachines${query}`)).body.value;
  const [status] = await list('?statusOnly=true');
  assert.deepEqual(Object.keys(status.properties), ['instanceView']);
  assert.equal(status.properties.instanceView.statuses[1].code, 'PowerState/running');
  const [expanded] = await list('?$expand=instanceView');
  assert.equal(expanded.properties.instanceView.vmAgent.statuses[0].displayStatus, 'Ready');
  assert.equal(expanded.properties.hardwareProfile.vmSize, 'Standard_F2s_v2');
});
