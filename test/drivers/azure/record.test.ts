import assert from 'node:assert/strict';
import { test } from 'node:test';
import { azureSidecar } from '../../../src/drivers/azure/extra-options.ts';
import { azureDriverRecord, parseAzureRecord, recordedOptions } from '../../../src/drivers/azure/record.ts';
import type { AzureOptions } from '../../../src/drivers/azure/options.ts';
import { azureOptions, unsetOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { UnsupportedError } from '../../../src/errors/unsupported-error.ts';
import { Secret } from '../../../src/secret/secret.ts';

/** As observed of docker-machine 0.16 (docker/machine:drivers/azure). */
const KEYS =
  'IPAddress MachineName SSHUser SSHPort SSHKeyPath StorePath SwarmMaster SwarmHost SwarmDiscovery ClientID ClientSecret ' +
  'Environment SubscriptionID ResourceGroup DockerPort Location Size Image VirtualNetwork SubnetName SubnetPrefix ' +
  'AvailabilitySet StorageType OpenPorts PrivateIPAddr UsePrivateIP NoPublicIP DNSLabel StaticPublicIP CustomDataFile';

const base = { machineName: 'dev', storePath: '/store', sshKeyPath: '/store/machines/dev/id_rsa', address: '20.1.2.3' };

test("a record has docker-machine's keys in docker-machine's order", () => {
  const { options } = azureOptions({ subscriptionId: 'sub' });
  assert.equal(Object.keys(azureDriverRecord(options, base)).join(' '), KEYS);
});

test('no secret is written', () => {
  const { options } = azureOptions({ clientId: 'client', clientSecret: new Secret('hush') });
  const text = JSON.stringify([azureDriverRecord(options, base), azureSidecar(options)]);
  assert.ok(!text.includes('hush'));
  assert.equal(azureDriverRecord(options, base)['ClientSecret'], '');
});

test('options come back from the record and its sidecar as they were', () => {
  const options: AzureOptions = {
    ...unsetOptions,
    subscriptionId: 'sub',
    tenantId: 'tenant',
    login: 'az',
    clientId: 'client',
    resourceGroup: 'g',
    location: 'northeurope',
    size: 'Standard_D2s_v5',
    dockerPort: 2377,
    virtualNetwork: 'other:net',
    availabilitySet: 'set',
    privateIpAddress: '192.168.0.9',
    diskSizeGiB: 64,
    usePrivateIp: true,
    dnsLabel: 'dev-1',
    openPorts: ['80', '53/udp'],
    customDataFile: '/tmp/cloud.yml',
    plan: 'p:o:s',
    acceptTerms: true,
    faultDomainCount: 3,
    updateDomainCount: 6,
    proximityPlacementGroup: 'near',
    ephemeralOsDisk: 'cache',
    dataDisks: ['64:Premium_LRS'],
    securityType: 'standard',
    encryptionAtHost: true,
    spot: true,
    spotMaxPrice: '0.05',
    spotEvictionPolicy: 'delete',
    identities: ['/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i'],
    bootDiagnostics: 'none',
    tags: { team: 'web' },
    securityGroup: 'team:nsg',
    allowFrom: ['203.0.113.0/24'],
    tunnel: true,
    ipv6: true,
    acceleratedNetworking: true,
  };
  assert.deepEqual(parseAzureRecord(azureDriverRecord(options, base), azureSidecar(options)), options);
});

test("docker-machine's own record is read, with null for no open ports, and counts as adopted", () => {
  const record = {
    IPAddress: '',
    MachineName: 'az1',
    SSHUser: 'docker-user',
    SSHPort: 22,
    SSHKeyPath: '/s/id_rsa',
    StorePath: '/s',
    SwarmMaster: false,
    SwarmHost: 'tcp://0.0.0.0:3376',
    SwarmDiscovery: '',
    ClientID: 'client',
    ClientSecret: 'hush',
    Environment: 'AzurePublicCloud',
    SubscriptionID: 'sub',
    ResourceGroup: 'docker-machine',
    DockerPort: 2376,
    Location: 'westus',
    Size: 'Standard_A2',
    Image: 'canonical:UbuntuServer:16.04.0-LTS:latest',
    VirtualNetwork: 'docker-machine-vnet',
    SubnetName: 'docker-machine',
    SubnetPrefix: '192.168.0.0/16',
    AvailabilitySet: 'docker-machine',
    StorageType: 'Standard_LRS',
    OpenPorts: null,
    PrivateIPAddr: '',
    UsePrivateIP: false,
    NoPublicIP: false,
    DNSLabel: '',
    StaticPublicIP: false,
    CustomDataFile: '',
  };
  const options = parseAzureRecord(record, undefined);
  assert.equal(options.adopted, true);
  assert.deepEqual(options.openPorts, []);
  assert.equal(options.image, record.Image);
  assert.equal(options.clientSecret?.reveal(), 'hush');
  assert.equal(options.availabilitySet, 'docker-machine');
});

test('what rancher-machine has beyond docker-machine is read', () => {
  const { options } = azureOptions({});
  const record = {
    ...azureDriverRecord(options, base),
    TenantID: 'tenant-r',
    NSG: 'guard',
    Plan: 'a:b:c',
    ManagedDisks: true,
    FaultCount: 3,
    UpdateCount: 5,
    DiskSize: 30,
    Tags: { team: 'web' },
    AcceleratedNetworking: true,
    AvailabilityZone: '2',
    EncryptionAtHost: true,
    EnablePublicIPStandardSKU: true,
  };
  const { tenantId, securityGroup, plan, diskSizeGiB, tags, ...more } = parseAzureRecord(record, undefined);
  assert.deepEqual(
    [tenantId, securityGroup, plan, diskSizeGiB, tags],
    ['tenant-r', 'guard', 'a:b:c', 30, { team: 'web' }],
  );
  const { faultDomainCount, updateDomainCount, availabilityZone, acceleratedNetworking, encryptionAtHost } = more;
  assert.deepEqual(
    [faultDomainCount, updateDomainCount, availabilityZone, acceleratedNetworking, encryptionAtHost],
    [3, 5, '2', true, true],
  );
  assert.equal(more.adopted, true);
});

test('a machine of the classic deployment model is refused with what to do', () => {
  const { options } = azureOptions({});
  const record = { ...azureDriverRecord(options, base), ResourceGroup: '' };
  assert.throws(
    () => parseAzureRecord(record, undefined),
    (error: unknown) => {
      assert.ok(error instanceof UnsupportedError);
      assert.equal(error.nextSteps[0]?.command, 'azdock rm -f dev');
      return true;
    },
  );
});

test("the process's login stands above the record, and gives what no record holds", () => {
  const { options } = azureOptions({ clientId: 'old', login: 'az', clientSecret: new Secret('hush') });
  const read = (environment: Record<string, string>) =>
    recordedOptions(azureDriverRecord(options, base), azureSidecar(options), environment);
  assert.deepEqual(read({}), { ...options, clientSecret: undefined });
  const now = read({
    AZURE_CLIENT_ID: 'new',
    AZURE_CLIENT_SECRET: 'hush',
    AZURE_TENANT_ID: 'tenant',
    AZDOCK_AZURE_LOGIN: 'client-secret',
  });
  assert.equal(now.clientSecret?.reveal(), 'hush');
  assert.deepEqual([now.clientId, now.tenantId, now.login], ['new', 'tenant', 'client-secret']);
});
