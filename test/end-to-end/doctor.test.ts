import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createClientCertificate } from '../../src/certs/create-certificates.ts';
import { Secret } from '../../src/secret/secret.ts';
import { ca, client, serverCertificate, startEngine } from '../engine/engine-fixture.ts';
import { control } from '../sandbox/control-calls.ts';
import { finish, type Json } from '../sandbox/raw-https.ts';
import { World } from './azdock.ts';
import { machineFolder } from './engine.ts';
import { treeOf } from './tree.ts';
import { WorldSandbox } from './world-sandbox.ts';

const VM = '/resourceGroups/docker-machine/providers/Microsoft.Compute/virtualMachines/dev';
/** Moves what a process takes for the time. */
const SHIFT = `const Real = Date;
const shift = Number(process.env.TEST_CLOCK_SHIFT_MS);
globalThis.Date = class extends Real {
  constructor(...given) { super(...(given.length === 0 ? [Real.now() + shift] : given)); }
  static now() { return Real.now() + shift; }
};
`;

describe('doctor', () => {
  let world: World;
  let sandbox: WorldSandbox;
  let sidecar: string;

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    sandbox = await WorldSandbox.up(world);
    await world.ok(['create', 'dev']);
    sidecar = await world.file('dev', 'azdock.json');
  });
  after(() => world?.destroy());
  beforeEach(async () => {
    await control(sandbox.discovery, 'PUT', 'permissions', [{ actions: ['*'] }]);
    await control(sandbox.discovery, 'PUT', 'policies', []);
  });

  /** Verdicts by check, and the exit code. */
  async function look(
    args: readonly string[] = [],
    env: Record<string, string> = {},
  ): Promise<{ code: number | null; found: Json }> {
    const { code, stdout, stderr } = await world.run(['doctor', '--json', ...args], { env });
    assert.notEqual(stdout, '', stderr);
    const { checks } = JSON.parse(stdout);
    return { code, found: Object.fromEntries(checks.map((check: Json) => [check.id, check])) };
  }

  const put = (name: string, text: string) => writeFile(join(machineFolder(world, 'dev'), name), text, { mode: 0o600 });

  /** Writes something into the machine's directory for as long as `work` takes. */
  async function planted(files: Record<string, string>, work: () => Promise<void>): Promise<void> {
    const before = await Promise.all(
      Object.keys(files).map(async (name) => [name, await world.file('dev', name)] as const),
    );
    for (const [name, text] of Object.entries(files)) await put(name, text);
    await work().finally(async () => {
      for (const [name, text] of before) await put(name, text);
    });
  }

  it('finds no problem where none is, and says so in stable keys', async () => {
    const [computer, machine] = [await look(), await look(['dev'])];
    for (const { code, found } of [computer, machine]) {
      assert.equal(code, 0);
      for (const check of Object.values<Json>(found)) {
        assert.deepEqual(Object.keys(check), ['id', 'title', 'verdict', 'message', 'fix', 'elapsedMs']);
        assert.doesNotMatch(check.message, /bug in azdock/);
        assert.notEqual(check.verdict, 'problem', JSON.stringify(check));
      }
    }
    for (const id of ['store', 'azure', 'clock', 'login', 'subscription', 'rights', 'providers', 'policy', 'quota'])
      assert.equal(computer.found[id].verdict, 'ok', JSON.stringify(computer.found[id]));
    const all =
      'resources vm extension firewall ssh-port host-key ssh-login ca-certificate engine-certificate engine host-clock';
    for (const id of all.split(' ')) assert.equal(machine.found[id].verdict, 'ok', JSON.stringify(machine.found[id]));
  });

  it('writes nothing, in the store or in Azure', async () => {
    const tree = await treeOf(join(world.directory, 'home', '.docker'));
    const since = await sandbox.lastEntry();
    await look();
    await look(['dev']);
    assert.deepEqual(await treeOf(join(world.directory, 'home', '.docker')), tree);
    const asked = await sandbox.journal(since);
    assert.ok(asked.length > 10, `${asked.length} requests`);
    const writes = asked.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/checkPolicyRestrictions'));
    assert.deepEqual(writes, []);
  });

  it('is a table in a pipe, a line for each check, with what to run', async () => {
    await control(sandbox.discovery, 'PUT', 'permissions', [{ actions: ['*/read'] }]);
    const { code, stdout, stderr } = await world.run(['doctor']);
    assert.equal(code, 1);
    assert.match(stdout, /^CHECK +VERDICT +FOUND$/m);
    assert.match(stdout, /^Store +ok +.*\/machine, 1 machine\.$/m);
    assert.match(stdout, /^Rights +problem +This login may not .*\. Run: az role assignment create .*$/m);
    assert.doesNotMatch(stdout, /\x1b/);
    assert.doesNotMatch(stderr, /Error/);
  });

  it('a machine that is none is exit code 4, a time that is none 2', async () => {
    assert.equal((await world.run(['doctor', 'nobody'])).code, 4);
    assert.equal((await world.run(['doctor', '--timeout', '0'])).code, 2);
  });

  it('a stopped VM is the one problem; what needs it running is not checked', async () => {
    await finish(sandbox.azure, await sandbox.azure('POST', `${VM}/deallocate`));
    const { code, found } = await look(['dev']);
    await world.ok(['start', 'dev']);
    assert.equal(code, 1);
    assert.deepEqual(found.vm.fix, { kind: 'command', text: 'azdock start dev' });
    assert.match(found.vm.message, /deallocated/);
    for (const id of ['ssh-port', 'engine-port', 'disk', 'host-clock'])
      assert.equal(found[id].message, 'First: Virtual machine.', id);
    assert.equal(found['server-certificate'].verdict, 'ok');
    assert.deepEqual(
      Object.values<Json>(found).filter(({ verdict }) => verdict === 'problem'),
      [found.vm],
    );
  });

  it('an expired client certificate is found, and what the engine shows is still good', async () => {
    const certs = join(world.store, 'certs');
    const key = new Secret(await readFile(join(certs, 'ca-key.pem'), 'utf8'));
    const own = { cert: await readFile(join(certs, 'ca.pem'), 'utf8'), key };
    const old = await createClientCertificate({
      user: 'tester',
      now: new Date(Date.now() - 1081 * 86_400_000),
      ca: own,
    });
    await planted({ 'cert.pem': old.cert, 'key.pem': old.key.reveal() }, async () => {
      const { code, found } = await look(['dev']);
      assert.equal(code, 1);
      assert.match(found['client-certificate'].message, /expired on 20/);
      assert.equal(found['client-certificate'].fix.text, 'azdock regenerate-certs --repair dev');
      assert.equal(found.engine.verdict, 'problem');
      assert.equal(found['engine-certificate'].verdict, 'ok');
    });
  });

  it('another host key is found before anybody logs in', async () => {
    const other = `ecdsa-sha2-nistp256 ${JSON.parse(sidecar).hostKey.split(' ')[1].replace(/.{8}$/, 'AAAAAAA=')}`;
    await planted({ 'azdock.json': JSON.stringify({ ...JSON.parse(sidecar), hostKey: other }) }, async () => {
      const { code, found } = await look(['dev']);
      assert.equal(code, 1);
      assert.match(
        found['host-key'].message,
        /^The host shows ecdsa-sha2-nistp256 SHA256:.*, and SHA256:.* is pinned\.$/,
      );
      assert.equal(found['ssh-login'].message, 'First: SSH host key.');
    });
  });

  it('a firewall that is closed to this computer is found, and how to open it', async () => {
    await world.ok(['allow', 'dev', '203.0.113.7']);
    const { code, found } = await look(['dev', '--timeout', '6']);
    await world.ok(['allow', 'dev', '*']);
    assert.equal(code, 1);
    assert.match(
      found.firewall.message,
      /203\.0\.113\.7 only, and this computer does not get through|does not let this computer/,
    );
    assert.match(found.firewall.fix.text, /azdock allow dev --add/);
    assert.equal(found['ssh-port'].verdict, 'problem');
    assert.match(found['ssh-port'].message, /port 22: something accepts the connection and ends it at once/);
  });

  it('what somebody changed in Azure is found: rules, and a resource that is gone', async () => {
    await planted(
      {
        'azdock.json': JSON.stringify({
          ...JSON.parse(sidecar),
          driver: { ...JSON.parse(sidecar).driver, allowFrom: ['203.0.113.9'] },
        }),
      },
      async () => {
        const { found } = await look(['dev']);
        assert.deepEqual(
          [found.firewall.verdict, found.firewall.fix.text],
          ['warning', 'azdock allow dev 203.0.113.9'],
        );
      },
    );
    const gone = {
      id: `/subscriptions/${sandbox.discovery.subscriptionId}/resourceGroups/docker-machine/providers/Microsoft.Compute/disks/dev-data`,
      shared: false,
    };
    const { journal } = JSON.parse(sidecar);
    await planted(
      { 'azdock.json': JSON.stringify({ ...JSON.parse(sidecar), journal: [...journal, gone] }) },
      async () => {
        const { found } = await look(['dev']);
        assert.deepEqual([found.resources.verdict, found.resources.message], ['problem', 'Gone: disk dev-data.']);
      },
    );
  });

  it('an unregistered provider, a quota that is used up and a policy are found', async () => {
    await sandbox.azure('POST', '/providers/Microsoft.Network/unregister?api-version=2025-04-01');
    await control(sandbox.discovery, 'PUT', 'policies', [
      { name: 'no-addresses', if: { field: 'type', equals: 'Microsoft.Network/publicIPAddresses' } },
    ]);
    await sandbox.arm({
      path: '/Microsoft.Compute/locations/westeurope/usages$',
      action: { status: 403, code: 'AuthorizationFailed', message: 'No.' },
    });
    const first = await look();
    assert.equal(first.found.providers.fix.text, 'az provider register --namespace Microsoft.Network --wait');
    assert.equal(first.found.policy.message, 'Policy no-addresses refuses the public IP.');
    assert.match(first.found.quota.message, /this login may not know/);
    await sandbox.azure('POST', '/providers/Microsoft.Network/register?api-version=2025-04-01');
    const small = await look(['--azure-location', 'nowhere']);
    assert.deepEqual([small.code, small.found.quota.fix.text], [1, 'azdock locations']);
    const { found } = await look([], { AZURE_SIZE: 'Standard_F8s_v2' });
    assert.match(found.quota.message, /needs 8 cores, and this subscription has 4 left in westeurope/);
  });

  it('a clock that is wrong is found, by the time of Azure', async () => {
    const preload = join(world.directory, 'shift.mjs');
    await writeFile(preload, SHIFT);
    const env = { NODE_OPTIONS: `--import=${preload}`, TEST_CLOCK_SHIFT_MS: '600000' };
    const { code, found } = await look([], env);
    assert.equal(code, 1);
    assert.match(found.clock.message, /^It is 10 min ahead of Azure's/);
    const machine = await look(['dev'], env);
    assert.equal(machine.found.clock.verdict, 'problem');
    assert.equal(machine.found['host-clock'].verdict, 'ok', "the host's own is right");
  });

  it('an extension that was taken off, and one that failed, are found', async () => {
    await finish(sandbox.azure, await sandbox.azure('DELETE', `${VM}/extensions/DockerExtension`));
    const { found } = await look(['dev']);
    assert.equal(found.extension.verdict, 'warning');
    assert.match(found.extension.message, /has been taken off/);
    await control(sandbox.discovery, 'PUT', 'docker-extension', { state: 'fails' });
    const properties = { publisher: 'Microsoft.Azure.Extensions', type: 'DockerExtension', typeHandlerVersion: '1.0' };
    const body = { location: 'westeurope', properties: { ...properties, settings: {} } };
    await finish(sandbox.azure, await sandbox.azure('PUT', `${VM}/extensions/DockerExtension`, body));
    const failed = await look(['dev']);
    assert.deepEqual(
      [failed.code, failed.found.extension.verdict],
      [1, 'problem'],
      JSON.stringify(failed.found.extension),
    );
    assert.equal(failed.found.extension.fix.text, 'azdock provision dev');
    await control(sandbox.discovery, 'PUT', 'docker-extension', { state: 'works' });
  });

  it('an engine by its URL has what such a machine has', async (t) => {
    const files = { 'tls-ca-cert': ca.cert, 'tls-client-cert': client.cert, 'tls-client-key': client.key.reveal() };
    const folder = await mkdtemp(join(tmpdir(), 'azdock-given-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const words: string[] = [];
    for (const [flag, text] of Object.entries(files)) {
      const file = join(folder, `${flag}.pem`);
      await writeFile(file, text, { mode: 0o600 });
      words.push(`--${flag}`, file);
    }
    const engine = await startEngine(t, await serverCertificate());
    await world.ok(['create', ...words, '--driver', 'none', '--url', `tcp://127.0.0.1:${engine.port}`, 'far']);
    const { code, found } = await look(['far']);
    assert.equal(code, 0);
    assert.deepEqual(Object.keys(found), [
      'record',
      'phase',
      'proxy',
      'engine-port',
      'ca-certificate',
      'client-certificate',
      'engine-certificate',
      'engine',
      'engine-info',
      'host-clock',
      'disk',
      'docker-context',
    ]);
    await world.ok(['rm', '-y', 'far']);
  });

  it('a record that cannot be read is the finding', async () => {
    await mkdir(join(world.store, 'machines', 'torn'));
    const { code, found } = await look(['torn']);
    assert.equal(code, 1);
    assert.deepEqual(Object.keys(found), ['record']);
    assert.equal(found.record.fix.text, 'azdock rm -f torn');
    const computer = await look();
    assert.equal(computer.found.records.verdict, 'problem');
    await world.ok(['rm', '-f', '-y', 'torn']);
  });

  it('a sandbox that is down is not started', async () => {
    await world.ok(['sandbox', 'down']);
    const { code, found } = await look();
    assert.equal(code, 1);
    assert.deepEqual([found.sandbox.fix.text, found.azure.message], ['azdock sandbox up', 'First: Sandbox.']);
    assert.match((await world.run(['sandbox', 'status'])).stdout, /down/i);
    await world.ok(['sandbox', 'up']);
  });
});
