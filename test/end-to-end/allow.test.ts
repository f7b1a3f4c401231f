import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import type { Json } from '../sandbox/raw-https.ts';
import { linuxGuests, needs } from '../skip.ts';
import { collect, LINUX, type Result, World } from './azdock.ts';
import { DockerMachine } from './docker-machine.ts';
import { WorldSandbox } from './world-sandbox.ts';

const FIREWALL = '/resourcegroups/docker-machine/providers/Microsoft.Network/networkSecurityGroups/dev-firewall';

suite('who may reach a machine', () => {
  let world: World;
  let sandbox: WorldSandbox;
  /** The sandbox by its address: a cloud like any other. */
  let env: Record<string, string>;
  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    sandbox = await WorldSandbox.up(world);
    const { endpoint, subscriptionId, clientId, clientSecret, caFile } = JSON.parse(
      await readFile(join(world.sandboxDirectory, 'sandbox.json'), 'utf8'),
    );
    env = {
      AZURE_ENVIRONMENT: endpoint,
      AZURE_SUBSCRIPTION_ID: subscriptionId,
      AZURE_CLIENT_ID: clientId,
      AZURE_CLIENT_SECRET: clientSecret,
      NODE_EXTRA_CA_CERTS: caFile,
    };
  });
  after(() => world?.destroy());

  const sources = async (): Promise<string[]> => {
    const { properties } = (await sandbox.azure('GET', FIREWALL)).body;
    return properties.securityRules.map(({ properties: rule }: Json) => rule.sourceAddressPrefix);
  };
  const recorded = async () => JSON.parse(await world.file('dev', 'azdock.json')).driver.allowFrom;

  test('a script that does not say who is told how to, and nothing is asked of Azure', async () => {
    const since = await sandbox.lastEntry();
    const { code, stderr } = await world.run(['create', 'dev'], { env });
    assert.equal(code, 2);
    assert.match(stderr, /^Nobody has said who may reach .* dev: --azure-allow-from/);
    assert.match(stderr, /export AZDOCK_AZURE_ALLOW_FROM=ADDRESS/);
    assert.deepEqual(await sandbox.journal(since), []);
  });

  test('called as docker-machine everybody may, as its machines are, and stderr says how to close it', async () => {
    const { code, stderr } = await new DockerMachine(world).run(['create', 'dev'], { env });
    assert.match(stderr, /^dev can be reached by everybody .* docker-machine allow dev ADDRESS$/m);
    // Guests of a sandbox that runs without root may answer SSH on another port than Azure's machines do.
    if (code !== 0) return;
    assert.deepEqual(await sources(), ['*', '*']);
    assert.deepEqual(await recorded(), ['*']);
    await world.ok(['rm', '-y', 'dev'], { env });
  });

  test('in the sandbox nobody is asked, for nobody else comes there', async () => {
    await world.ok(['create', 'dev']);
    assert.deepEqual(await sources(), ['*', '*']);
  });

  test('allow shows it, changes all of azdock’s rules, adds, removes, and keeps the record', async () => {
    assert.match(await world.ok(['allow', 'dev']), /SSHAllowAny +allow +tcp +22 +everybody +azdock/);
    assert.equal(
      await world.ok(['allow', 'dev', '203.0.113.7/32', 'VirtualNetwork']),
      'dev can be reached by 203.0.113.7, VirtualNetwork.\n',
    );
    assert.deepEqual((await sources()).sort(), ['203.0.113.7', '203.0.113.7', 'VirtualNetwork', 'VirtualNetwork']);
    await world.ok(['allow', 'dev', '--remove', 'virtualnetwork']);
    await world.ok(['allow', 'dev', '--add', '198.51.100.0/24']);
    assert.deepEqual(await recorded(), ['203.0.113.7', '198.51.100.0/24']);
    const silent = await world.run(['version', 'dev']);
    assert.match(silent.stderr, /^The firewall of dev lets in 203\.0\.113\.7, 198\.51\.100\.0\/24 only/m);
    assert.match(silent.stderr, /azdock allow dev --add ADDRESS/);
  });

  test('what somebody has changed in Azure is shown beside the record', async () => {
    const { body } = await sandbox.azure('GET', `${FIREWALL}/securityRules/SSHAllow`);
    const { provisioningState: _, ...rule } = body.properties;
    const properties = { ...rule, sourceAddressPrefix: '192.0.2.1', sourceAddressPrefixes: [] };
    await sandbox.azure('PUT', `${FIREWALL}/securityRules/SSHAllow`, { properties });
    const { hasDrifted, allowFrom } = await world.json(['allow', 'dev']);
    assert.deepEqual([hasDrifted, allowFrom], [true, ['192.0.2.1', '203.0.113.7', '198.51.100.0/24']]);
    assert.match(await world.ok(['allow', 'dev']), /somebody changed it there\.\nTo have it .* 203\.0\.113\.7 198\.51/);
    await world.ok(['allow', 'dev', '*']);
    assert.equal((await world.json(['allow', 'dev'])).hasDrifted, false);
  });

  const wrong: readonly (readonly [args: readonly string[], code: number, message: RegExp])[] = [
    [['dev', '203.0.113.7/24'], 2, /it is 203\.0\.113\.0\/24/],
    [['dev', '--remove', '*'], 2, /Nobody would be left/],
    [['dev', '--remove', '192.0.2.9'], 2, /192\.0\.2\.9 is not among/],
    [['dev', '--add', '192.0.2.9'], 2, /Everybody may reach dev already/],
    [['dev', '--add'], 2, /needs an address/],
    [['dev', '2001:db8::1'], 2, /IPv4/],
    [['nobody'], 4, /nobody/],
  ];
  for (const [args, code, message] of wrong)
    test(`allow ${args.join(' ')} changes nothing`, async () => {
      const result = await world.run(['allow', ...args]);
      assert.equal(result.code, code);
      assert.match(result.stderr, message);
      assert.deepEqual(await sources(), ['*', '*']);
    });

  test('a machine that is not on Azure has no firewall that azdock looks after', async () => {
    await world.ok(['create', '--driver', 'none', '--url', 'tcp://192.0.2.7:2376', 'elsewhere']);
    const { code, stderr } = await world.run(['allow', 'elsewhere', '192.0.2.1']);
    assert.deepEqual([code, /looks after no firewall/.test(stderr)], [1, true]);
  });

  test(
    'at a terminal it asks, takes no answer that will not do, and shows how to be asked no more',
    needs('script'),
    async () => {
      const ssh = { ...env, CI: '', SSH_CONNECTION: '20.1.2.3 50000 10.0.0.4 22' };
      const asked = await atTerminal(world, 'azdock create asked', ssh, 'nowhere.example.com\nAzureCloud, 0.0.0.0/0\n');
      assert.match(asked.stdout, /Who may reach asked .*comes from 20\.1\.2\.3\./s);
      assert.match(asked.stdout, /Answer "nowhere\.example\.com": a service tag/);
      assert.match(asked.stdout, /export AZDOCK_AZURE_ALLOW_FROM='0\.0\.0\.0\/0,AzureCloud'/);
      const { allowFrom } = JSON.parse(await world.file('asked', 'azdock.json')).driver;
      assert.deepEqual(allowFrom, ['0.0.0.0/0', 'AzureCloud']);
      await world.run(['rm', '-y', 'asked'], { env });
    },
  );
});

/** A program with a terminal around it, into which somebody types. */
function atTerminal(world: World, line: string, env: Record<string, string>, typed: string): Promise<Result> {
  const child = spawn('script', ['-q', '-e', '-c', line, '/dev/null'], {
    env: { ...world.env, TERM: 'xterm', ...env },
    cwd: world.directory,
  });
  return collect(child, typed);
}

suite('the firewall of a machine, seen from outside', needs(...linuxGuests), () => {
  let world: World;
  before(async () => {
    world = await World.create(LINUX);
    await world.ok(['create', '--azure-provisioner', 'custom-script', 'dev']);
  });
  after(() => world?.destroy());

  test('keeps out whom allow does not name, lets in whom it does, and the engine goes on', async () => {
    const version = await world.ok(['version', 'dev']);
    // Guests see this computer under an address of 198.18.0.0/15.
    await world.ok(['allow', 'dev', '0.0.0.0/1']);
    const { code, stderr } = await world.run(['version', 'dev']);
    assert.notEqual(code, 0);
    assert.match(stderr, /^The firewall of dev lets in 0\.0\.0\.0\/1 only/m);
    await world.ok(['allow', 'dev', '--add', '198.18.0.0/15']);
    assert.equal(await world.ok(['version', 'dev']), version);
  });
});
