import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { location, publicKey } from './build-machine.ts';
import { type ComputeBench, keyLogin, openComputeBench } from './compute-bench.ts';

let bench: ComputeBench;
before(async () => {
  bench = await openComputeBench();
});
after(() => bench[Symbol.asyncDispose]());

const identities = '/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities';

test('a machine has the user-assigned identities that exist, and shows their principals', async () => {
  const { arm, compute, create, refused } = bench;
  const key = `${arm.subscription}${identities}/robot`;
  const identity = (id: string) => ({ type: 'UserAssigned', userAssignedIdentities: { [id]: {} } }) as const;
  assert.equal(await refused({ identity: identity(key) }), '400 FailedIdentityOperation');
  const made = await arm('PUT', `${identities}/robot`, { location });
  assert.equal(made.status, 201);
  assert.equal(await refused({ identity: { type: 'UserAssigned' } }), '400 FailedIdentityOperation');
  const contradiction = { ...identity(key), type: 'SystemAssigned' } as const;
  assert.equal(await refused({ identity: contradiction }), '400 FailedIdentityOperation');
  const machine = await create('worker', { identity: identity(key) });
  const { principalId, clientId } = made.body.properties;
  assert.equal(machine.identity?.type, 'UserAssigned');
  assert.deepEqual({ ...machine.identity?.userAssignedIdentities?.[key] }, { principalId, clientId });

  const both = { type: 'SystemAssigned, UserAssigned', userAssignedIdentities: {} } as const;
  const changed = await compute.virtualMachines.update('rg', 'worker', { identity: both });
  assert.equal(changed.identity?.type, 'SystemAssigned, UserAssigned');
  assert.match(changed.identity?.principalId ?? '', /^[0-9a-f-]{36}$/);
  const none = await compute.virtualMachines.update('rg', 'worker', { identity: { type: 'None' } });
  assert.equal(none.identity, undefined);
  assert.equal((await arm('GET', identities)).body.value.length, 1);
  assert.equal((await arm('DELETE', `${identities}/robot`)).status, 200);
  assert.equal((await arm('GET', `${identities}/robot`)).status, 404);
});

test('encryption at host needs the feature, and a size that has it', async () => {
  const { arm, create, refused } = bench;
  const securityProfile = { encryptionAtHost: true };
  const problem = '400 InvalidParameter securityProfile.encryptionAtHost';
  assert.equal(await refused({ securityProfile }), problem);
  const feature = '/providers/Microsoft.Features/providers/Microsoft.Compute/features/EncryptionAtHost';
  assert.equal((await arm('GET', feature)).body.properties.state, 'NotRegistered');
  assert.equal((await arm('POST', `${feature}/register`)).body.properties.state, 'Registered');
  const old = {
    imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server-gen1', version: 'latest' },
    osDisk: { createOption: 'FromImage' },
  };
  assert.equal(await refused({ securityProfile, size: 'Standard_A2_v2', storageProfile: old }), problem);
  assert.equal((await create('sealed', { securityProfile })).securityProfile?.encryptionAtHost, true);
});

test("a password follows Azure's rules, lets in, and is kept nowhere", async () => {
  const { create, guests, id, refused, sandbox } = bench;
  const { linuxConfiguration: _keys, ...names } = keyLogin;
  const login = (adminPassword?: string) => ({ osProfile: { ...names, ...(adminPassword ? { adminPassword } : {}) } });
  const problem = '400 InvalidParameter adminPassword';
  for (const bad of [undefined, 'Ab-1', 'lowercase-only', 'NODIGITS', 'P@ssw0rd', `Aa1-${'x'.repeat(69)}`])
    assert.equal(await refused(login(bad)), problem, bad);
  const nobody = { ...names, linuxConfiguration: { disablePasswordAuthentication: true } };
  assert.equal(await refused({ osProfile: nobody }), '400 InvalidParameter linuxConfiguration');

  const password = 'Open-sesame-42';
  const made = await create('open', login(password));
  assert.equal(made.osProfile?.adminPassword, undefined);
  const guest = guests.guests.get(id('Microsoft.Compute/virtualMachines/open').toLowerCase());
  assert.equal(guest?.spec.adminPassword, password);
  const keys = { disablePasswordAuthentication: true, ssh: { publicKeys: [{ keyData: publicKey }] } };
  await create('closed', { osProfile: { ...names, adminPassword: password, linuxConfiguration: keys } });
  const closed = guests.guests.get(id('Microsoft.Compute/virtualMachines/closed').toLowerCase());
  assert.equal(closed?.spec.adminPassword, undefined);
  await sandbox.server.world.state.save();
  for (const file of ['state.json', 'journal.jsonl'])
    assert.ok(!readFileSync(join(sandbox.directory, file), 'utf8').includes(password), file);
});

test('user data is shown to who asks for it, and diagnostics go to a storage account', async () => {
  const { compute, create, refused } = bench;
  assert.equal(await refused({ userData: 'no base64!' }), '400 InvalidParameter userData');
  const diagnosticsProfile = (storageUri: string) => ({ bootDiagnostics: { enabled: true, storageUri } });
  const bad = refused({ diagnosticsProfile: diagnosticsProfile('https://example.com/log') });
  assert.equal(await bad, '400 InvalidParameter bootDiagnostics.storageUri');
  const storageUri = 'https://account1.blob.core.windows.net/';
  const made = await create('told', { userData: 'aGVsbG8=', diagnosticsProfile: diagnosticsProfile(storageUri) });
  assert.deepEqual(made.diagnosticsProfile?.bootDiagnostics, { enabled: true, storageUri });
  assert.equal(made.userData, undefined);
  assert.equal((await compute.virtualMachines.get('rg', 'told', { expand: 'userData' })).userData, 'aGVsbG8=');
});

test('what the sandbox does not play is refused and not dropped', async () => {
  const { compute, refused } = bench;
  assert.equal(await refused({ licenseType: 'RHEL_BYOS' }), '501 SandboxNotImplemented');
  assert.equal(await refused({ additionalCapabilities: { ultraSSDEnabled: true } }), '501 SandboxNotImplemented');
  assert.equal(await refused({ securityProfile: { securityType: 'ConfidentialVM' } }), '501 SandboxNotImplemented');
  const nested = { networkApiVersion: '2022-11-01', networkInterfaceConfigurations: [{ name: 'nic' }] };
  assert.equal(await refused({ networkProfile: nested }), '501 SandboxNotImplemented');
  const resize = compute.virtualMachines.update('rg', 'told', { hardwareProfile: { vmSize: 'Standard_D4s_v5' } });
  assert.equal(await bench.refusal(resize), '501 SandboxNotImplemented');
});
