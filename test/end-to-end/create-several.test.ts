import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { control } from '../sandbox/control-calls.ts';
import type { Json } from '../sandbox/raw-https.ts';
import { collect, World } from './azdock.ts';
import { until, WorldSandbox } from './world-sandbox.ts';

describe('several machines by one command', () => {
  let world: World;
  let sandbox: WorldSandbox;
  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    sandbox = await WorldSandbox.up(world);
  });
  after(() => world?.destroy());

  /** All requests since one, logins among them, as `GET /path`. */
  async function requests(since: number): Promise<string[]> {
    const { body } = await control(sandbox.discovery, 'GET', `journal?since=${since}`);
    return body.entries.map(({ method, url }: Json) => `${method} ${url.split('?')[0]}`);
  }
  const vms = async () => (await world.ok(['ls', '-q'])).split('\n').filter(Boolean);

  it('a dry run shows everything, and nothing is written in Azure or in the store', async () => {
    const since = await sandbox.lastEntry();
    const { code, stdout, stderr } = await world.run(['create', '--dry-run', '--azure-open-port', '80', 'dev']);
    assert.equal(code, 0, stderr);
    const lines = stdout.trimEnd().split('\n');
    assert.ok(lines.length <= 28 && lines.every((line) => line.length <= 100), stdout);
    for (const fact of [
      /^Size +Standard_B2s_v2, 2 vCPUs, 8 GiB of memory$/m,
      /^Let in +tcp 22 from everybody; tcp 2376 from everybody; tcp 80 from everybody$/m,
      /^Left then +9998 of 10000 Bsv2 vCPUs, /m,
      /^Engine +by docker-extension 1\.2 /m,
      /^public IP +make +dev-ip$/m,
      /^virtual network +make +docker-machine-vnet$/m,
    ])
      assert.match(stdout, fact);
    const seen = await requests(since);
    const changes = seen.filter((request) => !/^(GET|HEAD) /.test(request) && !/\/oauth2\//.test(request));
    assert.deepEqual(changes, []);
    assert.equal(existsSync(world.store), false);
  });

  it('a dry run as JSON has the same keys for every driver, and exits as the checks do', async () => {
    const azure = await world.json(['create', '--dry-run', 'dev']);
    const url = await world.json(['create', '--dry-run', '--driver', 'none', '--url', 'tcp://192.0.2.1:2376', 'dev']);
    assert.deepEqual(Object.keys(url), Object.keys(azure));
    assert.equal(azure.dryRun, true);
    assert.deepEqual([url.url, url.cloud, url.provisioner], ['tcp://192.0.2.1:2376', null, null]);
    const { cloud } = azure;
    assert.deepEqual(cloud.size, { name: 'Standard_B2s_v2', vCpus: 2, memoryGiB: 8 });
    assert.ok(cloud.resources.every(({ exists, action }: Json) => exists === false && action === 'make'));
    const refused = await world.run(['create', '--dry-run', '--json', '--azure-size', 'Standard_D2_v2', 'dev']);
    assert.deepEqual([refused.code, JSON.parse(refused.stdout).error.code], [3, 'pre-create-check']);
    assert.equal(existsSync(world.store), false);
  });

  it('five are made at once; one that fails keeps none of the others', async () => {
    const since = await sandbox.lastEntry();
    await sandbox.arm({
      method: 'PUT',
      path: '/virtualMachines/web3$',
      times: 0,
      when: 'operation',
      action: { operation: 'fail', code: 'AllocationFailed', message: 'No capacity.' },
    });
    const { code, stdout, stderr } = await world.run(['create', '--count', '5', '--azure-dns', 'shop', 'web']);
    assert.equal(code, 7, stderr);
    const reported = stdout.trimEnd().split('\n');
    assert.deepEqual(
      reported.map((line) => line.replace(/ is running Docker \S+ at tcp:\S+ after .*s\.$/, '')).sort(),
      ['web1', 'web2', 'web4', 'web5'],
    );
    assert.match(stderr, /^web5: Virtual machine web5: done/m);
    assert.match(stderr, /^Azure cannot create virtual machine web3: .*\(AllocationFailed\)\.$/m);
    assert.match(await world.ok(['inspect', 'web4']), /"DNSLabel": "shop4"/);
    const seen = await requests(since);
    const count = (form: RegExp) => seen.filter((request) => form.test(request)).length;
    assert.equal(count(/oauth2.*token$/), 1, 'one login');
    assert.equal(count(/Microsoft\.Compute\/skus$/), 1);
    assert.equal(count(/Microsoft\.Compute\/locations\/westeurope\/usages$/), 1);
    assert.equal(count(/^GET .*providers\/Microsoft\.Compute$/), 1);
    assert.equal(count(/DockerExtension\/versions$/), 1);
    assert.equal(count(/^PUT .*virtualMachines\/web\d$/), 5);
    assert.match(stderr, /nothing of web3 is left\.$/m);
    assert.deepEqual(await vms(), ['web1', 'web2', 'web4', 'web5']);
  });

  it('with --json there is one document of those that are there and of those that are not', async () => {
    await world.ok(['rm', '-y', 'web4', 'web5']);
    await sandbox.arm({
      method: 'PUT',
      path: '/virtualMachines/two$',
      action: { status: 403, code: 'RequestDisallowedByPolicy', message: 'No.' },
    });
    const { code, stdout } = await world.run(['create', '--json', '--no-rollback', 'one', 'two']);
    assert.equal(code, 7);
    const { created, failed } = JSON.parse(stdout);
    assert.deepEqual(
      [created, failed].map((list) => list.map(({ name }: Json) => name)),
      [['one'], ['two']],
    );
    assert.equal(failed[0].error.azure.code, 'RequestDisallowedByPolicy');
    await world.ok(['rm', '-y', 'one', 'two']);
  });

  it('names that cannot be are refused before anything is made', async () => {
    const since = await sandbox.lastEntry();
    const refused = async (exit: number, form: RegExp, ...words: string[]) => {
      const { code, stderr } = await world.run(['create', ...words]);
      assert.equal(code, exit, stderr);
      assert.match(stderr, form);
    };
    await refused(2, /^x1 is named twice\.$/m, 'x1', 'x1');
    await refused(2, /^"y_2" cannot be a machine name/m, 'y1', 'y_2');
    await refused(
      5,
      /^Docker machine "web1" already exists\n[\s\S]*Docker machine "web2" already exists$/m,
      '--count',
      '3',
      'web',
    );
    await refused(2, /cannot have the same address/, '--azure-private-ip-address', '192.168.0.9', 'x1', 'x2');
    await refused(3, /^3 of Standard_F2s_v2 need 6 cores/m, '--count', '3', '--azure-size', 'Standard_F2s_v2', 'x');
    await refused(
      3,
      /^3 machines need 3 public IPv4 addresses/m,
      '--count',
      '3',
      '--azure-location',
      'norwayeast',
      'x',
    );
    assert.deepEqual(
      (await requests(since)).filter((request) => /^(PUT|DELETE) /.test(request)),
      [],
    );
    assert.deepEqual(await vms(), ['web1', 'web2']);
  });

  it('an interruption ends all in order, and everything that was begun can be removed', async () => {
    const held = await sandbox.arm({
      method: 'PUT',
      path: '/virtualMachines/int\\d$',
      times: 0,
      action: { hold: true },
    });
    const child = world.start(['create', '--count', '3', 'int']);
    const done = collect(child);
    await until(async () => ((await sandbox.fault(held))?.waiting ?? 0) === 3);
    child.kill('SIGINT');
    const { code, stderr } = await done;
    assert.equal(code, 130, stderr);
    assert.equal(stderr.match(/^Interrupted\.$/gm)?.length, 1);
    for (const name of ['int1', 'int2', 'int3']) assert.match(stderr, new RegExp(`^.*azdock rm ${name}$`, 'm'));
    await sandbox.disarm(held);
    await world.ok(['rm', '-y', 'int1', 'int2', 'int3', 'web1', 'web2']);
    assert.deepEqual(await sandbox.counts(), {});
    assert.deepEqual(await readdir(join(world.store, 'machines')), []);
  });

  it('a machine falls back to what can be had, and its record says what it is', async () => {
    const { code, stderr } = await world.run(
      ['create', '--azure-size', 'Standard_E2s_v5', '--azure-provisioner', 'cloud-init', 'fb'],
      { env: { AZDOCK_AZURE_FALLBACK: 'Standard_D2_v2,Standard_D2s_v5@2,Standard_D2s_v5' } },
    );
    assert.equal(code, 0, stderr);
    assert.match(stderr, /\(SkuNotAvailable\)\. Next is Standard_D2s_v5 in zone 2\.$/m);
    const { record, sidecar } = {
      record: JSON.parse(await world.file('fb', 'config.json')),
      sidecar: JSON.parse(await world.file('fb', 'azdock.json')),
    };
    assert.deepEqual(
      [record.Driver.Size, sidecar.driver.availabilityZone, sidecar.driver.fallback],
      ['Standard_D2s_v5', '2', ['Standard_D2s_v5@none']],
    );
    assert.equal(await world.ok(['ls', '--format', '{{.State}} {{.Error}}', '--filter', 'name=fb']), 'Running \n');
    await world.ok(['rm', '-y', 'fb']);
  });
});
