import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { generateSshKeyPair } from '../../src/ssh/keys.ts';
import { compileBicep } from '../machine/template/compile-bicep.ts';
import { finish, type Json } from '../sandbox/raw-https.ts';
import { World } from './azdock.ts';
import { deploy, parametersOf, resourcesOf } from './template-case.ts';
import { WorldSandbox } from './world-sandbox.ts';

const PASSWORD = 'Correct-horse-7';

/** Flags that go together, by what they are about. Each is tried in both languages. */
const cases: Readonly<Record<string, readonly string[]>> = {
  'boot data of three kinds':
    '--azure-provisioner cloud-init --azure-custom-data boot.yaml --azure-data-disk 64 --azure-size Standard_D2s_v5'.split(
      ' ',
    ),
  'custom data of its own': '--azure-custom-data boot.yaml --azure-boot-diagnostics none'.split(' '),
  'data disks alone': '--azure-data-disk 32:Premium_LRS --azure-data-disk 64::/srv --azure-size Standard_D4s_v5'.split(
    ' ',
  ),
  'an availability set near others':
    '--azure-availability-set set --azure-fault-domain-count 2 --azure-proximity-placement-group near --azure-disk-size 64 --azure-storage-type Premium_LRS --azure-size Standard_D2s_v5'.split(
      ' ',
    ),
  'a zone, an identity, accelerated networking':
    '--azure-availability-zone 2 --azure-identity IDENTITY --azure-accelerated-networking --azure-size Standard_D2s_v5 --azure-ipv6 --azure-tag a=b'.split(
      ' ',
    ),
  'networks of others':
    '--azure-vnet NETWORK --azure-subnet inner --azure-nsg network:rules --azure-private-ip-address 10.1.0.40'.split(
      ' ',
    ),
  'a subnet in a network that is there':
    '--azure-vnet theirs --azure-subnet added --azure-subnet-prefix 10.9.1.0/24'.split(' '),
  'a system on the physical host, by Spot':
    '--azure-ephemeral-os-disk auto --azure-spot --azure-spot-eviction-policy delete --azure-size Standard_D4ds_v5'.split(
      ' ',
    ),
  'a password login': ['--azure-password-login', '--azure-security-type', 'standard', '--azure-docker-port', '2377'],
  'engine options with every kind of quotes': [
    ...['--engine-label', `quote=it's "quoted" '''`, '--engine-label', '[square]=[brackets]'],
    ...['--engine-opt', 'log-opt=max-size=10m', '--azure-open-port', '53/udp', '--azure-ssh-user', 'ops'],
  ],
  'a script with every kind of quotes': [
    ...['--azure-provisioner', 'custom-script', '--engine-env', "WORDS=it's ''' $HOME [x] {0} $y"],
    ...['--engine-label', 'rate=100%', '--compose', 'compose.yaml', '--compose-secret-env', 'SECRET'],
  ],
};

suite('templates of machines with options', () => {
  let world: World;
  let sandbox: WorldSandbox;
  let subscription: string;

  before(async () => {
    const env = { SECRET: "it's 'very' secret", AZDOCK_AZURE_PASSWORD: PASSWORD };
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated', AZDOCK_AZURE_ALLOW_FROM: '*', ...env });
    sandbox = await WorldSandbox.up(world);
    subscription = sandbox.azure.subscription;
    const file = (name: string, text: string) => writeFileSync(join(world.directory, name), text);
    file('key.pub', (await generateSshKeyPair()).publicKey);
    file('boot.yaml', '#cloud-config\nruncmd:\n  - [ "true" ]\n');
    file('compose.yaml', 'services:\n  web:\n    image: nginx\n    command: ["echo", "it\'s"]\n');
    await theirs();
  });
  after(() => world?.destroy());

  for (const [about, flags] of Object.entries(cases))
    test(`make what create makes: ${about}`, async () => {
      const group = `g${Object.keys(cases).indexOf(about)}`;
      await put(`/resourcegroups/${group}`, { location: 'westeurope' });
      if (flags.includes('theirs')) await put(network(group, 'virtualNetworks/theirs'), addressSpace('10.9.0.0/16'));
      const words = ['web', '--azure-resource-group', group, ...flags.map(withIds)];
      const [arm, bicep] = [await template(words), compileBicep(await world.ok(['template', '--bicep', ...words]))];
      const parameters = parametersOf(join(world.directory, 'p.json'));

      await world.ok(['create', ...words]);
      const made = await resourcesOf(sandbox, group);
      for (const language of [arm, bicep]) {
        await world.run(['rm', '-y', 'web']);
        await forget(group);
        await deploy(sandbox, group, language, parameters);
        assert.deepEqual(await resourcesOf(sandbox, group), made);
      }
      await forget(group);
    });

  test('have each secret as a secure parameter, and nowhere else', async () => {
    const flags = [...(cases['a script with every kind of quotes'] ?? []), '--azure-password-login'];
    const text = await world.ok(['template', 'web', ...flags]);
    const { parameters } = JSON.parse(text);
    assert.deepEqual(
      Object.entries<Json>(parameters).flatMap(([name, { type }]) => (/^secure/i.test(type) ? [name] : [])),
      ['adminPassword', 'ca', 'serverCert', 'serverKey', 'composeSecrets'],
    );
    for (const secret of [PASSWORD, "'very' secret", 'PRIVATE KEY', 'BEGIN CERTIFICATE'])
      assert.ok(!text.includes(secret), secret);
  });

  /** What belongs to somebody else: a network, rules, an identity. */
  async function theirs(): Promise<void> {
    await put('/resourcegroups/network', { location: 'westeurope' });
    const subnets = [{ name: 'inner', properties: { addressPrefix: '10.1.0.0/24' } }];
    const { properties } = addressSpace('10.1.0.0/16');
    await put(network('network', 'virtualNetworks/hub'), {
      location: 'westeurope',
      properties: { ...properties, subnets },
    });
    const securityRules = [{ name: 'all', properties: rule }];
    await put(network('network', 'networkSecurityGroups/rules'), {
      location: 'westeurope',
      properties: { securityRules },
    });
    await put(identity(), { location: 'westeurope' });
  }

  function network(group: string, path: string): string {
    return `/resourceGroups/${group}/providers/Microsoft.Network/${path}`;
  }

  function identity(): string {
    return '/resourceGroups/network/providers/Microsoft.ManagedIdentity/userAssignedIdentities/me';
  }

  function withIds(word: string): string {
    if (word === 'NETWORK') return `${subscription}${network('network', 'virtualNetworks/hub')}`;
    return word === 'IDENTITY' ? `${subscription}${identity()}` : word;
  }

  async function put(path: string, body: Json): Promise<void> {
    const answer = await finish(sandbox.azure, await sandbox.azure('PUT', path, body));
    assert.ok(answer.status < 300, answer.text);
  }

  /** Writes a template with a file of parameters. */
  async function template(words: readonly string[]): Promise<Json> {
    const more = ['--parameters', 'p.json', '--ssh-key', 'key.pub', '--tls-san', 'engine.example'];
    return JSON.parse(await world.ok(['template', ...words, ...more]));
  }

  /** Removes what was deployed to a group, but for a network of others. */
  async function forget(group: string): Promise<void> {
    const left = await sandbox.resourcesIn(group);
    const vm = left.find((id) => /\/virtualMachines\/web$/i.test(id));
    if (vm !== undefined) await finish(sandbox.azure, await sandbox.azure('DELETE', vm));
    for (const pattern of [/availabilitySets/i, /Interfaces/, /./])
      for (const id of (await sandbox.resourcesIn(group)).filter((one) => pattern.test(one) && !/\/theirs/.test(one)))
        await finish(sandbox.azure, await sandbox.azure('DELETE', id));
    for (const id of (await sandbox.resourcesIn(group)).filter((one) => /\/theirs/.test(one)))
      await finish(sandbox.azure, await sandbox.azure('DELETE', `${id}/subnets/added`));
  }
});

const addressSpace = (prefix: string) => ({
  location: 'westeurope',
  properties: { addressSpace: { addressPrefixes: [prefix] } },
});

const rule = {
  priority: 100,
  protocol: '*',
  access: 'Allow',
  direction: 'Inbound',
  sourceAddressPrefix: '*',
  sourcePortRange: '*',
  destinationAddressPrefix: '*',
  destinationPortRange: '*',
};
