import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Json } from '../sandbox/raw-https.ts';
import { type Result, type RunOptions, World } from './azdock.ts';
import { until, WorldSandbox } from './world-sandbox.ts';

const NO_ROOM = { operation: 'fail', code: 'AllocationFailed', message: 'Allocation failed.' };

describe('create --resume', () => {
  let world: World;
  let sandbox: WorldSandbox;
  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    sandbox = await WorldSandbox.up(world);
  });
  after(() => world?.destroy());

  /** Creates a machine whose VM Azure begins to make and then has no room for. */
  async function fail(name: string, flags: readonly string[] = [], options: RunOptions = {}): Promise<Result> {
    await sandbox.arm({ method: 'PUT', path: `/virtualMachines/${name}$`, when: 'operation', action: NO_ROOM });
    return world.run(['create', '--no-rollback', ...flags, name], options);
  }

  /** Creates a machine whose provisioner fails once. */
  async function failAtEngine(name: string, flags: readonly string[] = []): Promise<Result> {
    const action = { operation: 'fail', code: 'VMExtensionProvisioningError', message: 'Enable failed.' };
    await sandbox.arm({ method: 'PUT', path: `/virtualMachines/${name}/extensions/`, when: 'operation', action });
    return world.run(['create', '--no-rollback', '--azure-provisioner', 'custom-script', ...flags, name]);
  }

  const filesOf = (name: string, ...files: string[]) => Promise.all(files.map((file) => world.file(name, file)));
  const idOf = async (name: string): Promise<string> => JSON.parse(await world.file(name, 'azdock.json')).id;

  /** Requests that changed something since then, such as `PUT virtualMachines/dev`. */
  async function changesSince(entry: number): Promise<string[]> {
    const changes = (await sandbox.journal(entry)).filter(({ method }) => method !== 'GET');
    return changes.map(({ method, path }) => `${method} ${path.split('/providers/Microsoft.').at(-1)}`);
  }

  async function insist(code: number, args: readonly string[], pattern: RegExp, options?: RunOptions): Promise<void> {
    const run = await world.run(args, options);
    assert.equal(run.code, code, run.stderr);
    assert.equal(run.stdout, '');
    assert.match(run.stderr, pattern);
  }

  it('makes what failed anew, by what was asked for then and what is typed now, and keeps all else', async () => {
    const failed = await fail('one', ['--engine-label', 'team=a', '--tls-san', 'one.example']);
    assert.equal(failed.code, 7, failed.stderr);
    assert.match(failed.stderr, /^There is now virtual machine one, disk one-os-disk, public IP one-ip, /m);
    assert.match(failed.stderr, /^ .* azdock create one --resume --azure-size Standard_\w+$/m);
    assert.match(failed.stderr, /^ {2}Clean up: +azdock rm one$/m);
    const before = [await idOf('one'), ...(await filesOf('one', 'id_rsa', 'id_rsa.pub'))];

    await insist(5, ['create', 'one'], /did not finish[\s\S]*Billed until removed: virtual machine one[\s\S]*--resume/);
    await insist(5, ['create', 'one'], /azdock rm one$/m);
    await world.ok(['create', 'one', '--resume', '--azure-size', 'Standard_D2as_v5']);

    assert.deepEqual([await idOf('one'), ...(await filesOf('one', 'id_rsa', 'id_rsa.pub'))], before);
    const { Driver, HostOptions } = JSON.parse(await world.file('one', 'config.json'));
    assert.equal(Driver.Size, 'Standard_D2as_v5');
    assert.deepEqual(HostOptions.EngineOptions.Labels, ['team=a']);
    assert.deepEqual(HostOptions.AuthOptions.ServerCertSANs, ['one.example']);
    await world.ok(['env', 'one']);
    await insist(5, ['create', 'one', '--resume'], /has finished[\s\S]*azdock status one$/m);
    await world.ok(['rm', '-y', 'one']);
    assert.deepEqual(await sandbox.counts(), {});
  });

  it('keeps a virtual machine that is there, with key and certificates, and refuses to make it another', async () => {
    assert.equal((await failAtEngine('two')).code, 1);
    const files = ['id_rsa', 'server.pem', 'server-key.pem', 'cert.pem'];
    const before = await filesOf('two', ...files);
    await insist(
      2,
      ['create', 'two', '--resume', '--azure-size', 'Standard_D2as_v5'],
      /^--azure-size cannot be changed/m,
    );
    await insist(2, ['create', 'two', '--resume', '--azure-location', 'northeurope'], /^--azure-location cannot/m);
    await insist(2, ['create', 'two', '--resume', '--azure-provisioner', 'cloud-init'], /at the first boot only/);
    await insist(2, ['create', 'two', '--resume', '-d', 'generic'], /comes from driver azure/);
    await insist(2, ['create', 'two', '--resume', '--dry-run'], /--resume does not go with --dry-run/);
    const start = await sandbox.lastEntry();
    await world.ok([
      'create',
      'two',
      '--resume',
      '--azure-open-port',
      '8080',
      '--azure-provisioner',
      'docker-extension',
    ]);
    assert.deepEqual(await filesOf('two', ...files), before);
    const changes = await changesSince(start);
    assert.ok(!changes.includes('PUT Compute/virtualMachines/two'), changes.join());
    assert.ok(changes.includes('DELETE Compute/virtualMachines/two/extensions/CustomScript'), changes.join());
    const { body } = await sandbox.azure(
      'GET',
      '/resourceGroups/docker-machine/providers/Microsoft.Network/networkSecurityGroups/two-firewall',
    );
    assert.ok(JSON.stringify(body).includes('"8080"'));
    await world.ok(['rm', '-y', 'two']);
    assert.deepEqual(await sandbox.counts(), {});
  });

  it('completes by CustomScript what cloud-init began', async () => {
    const hold = await sandbox.arm({ method: 'PUT', path: '/virtualMachines/boot$', action: { hold: 'after' } });
    const child = world.start(['create', 'boot', '--azure-provisioner', 'cloud-init']);
    await until(async () => ((await sandbox.fault(hold))?.waiting ?? 0) > 0);
    child.kill('SIGKILL');
    await sandbox.disarm(hold);
    await world.ok(['create', 'boot', '--resume']);
    assert.equal(JSON.parse(await world.file('boot', 'azdock.json')).provisioner, 'custom-script');
    await world.ok(['rm', '-y', 'boot']);
  });

  it('makes the address anew for another zone', async () => {
    await fail('three', ['--azure-availability-zone', '1']);
    const zones = async (): Promise<Json> => {
      const path = '/resourceGroups/docker-machine/providers/Microsoft.Network/publicIPAddresses/three-ip';
      return (await sandbox.azure('GET', path)).body.zones;
    };
    assert.deepEqual(await zones(), ['1']);
    await world.ok(['create', 'three', '--resume', '--azure-availability-zone', '2']);
    assert.deepEqual(await zones(), ['2']);
    await world.ok(['config', 'three']);
    await world.ok(['rm', '-y', 'three']);
    assert.deepEqual(await sandbox.counts(), {});
  });

  it('asks again for what azdock keeps nowhere, by the name of the flag', async () => {
    const env = { AZDOCK_REGISTRY_PASSWORD: 'a-password-of-the-first-run', TOKEN: 'a-token' };
    const file = join(world.directory, 'compose.yaml');
    await writeFile(file, 'services:\n  web:\n    image: nginx\n');
    const contents = ['--registry-login', 'me@registry.example', '--compose', file, '--compose-secret-env', 'TOKEN'];
    assert.equal((await fail('four', contents, { env })).code, 7);
    await insist(2, ['create', 'four', '--resume'], /TOKEN[\s\S]*--resume --compose-secret-env TOKEN$/m);
    const resume = ['create', 'four', '--resume', '--compose-secret-env', 'TOKEN'];
    await insist(2, resume, /password of me@registry\.example[\s\S]*--registry-login me@registry\.example --registry/, {
      env: { TOKEN: 'a-token' },
    });
    const made = await world.run(resume, { env });
    // Nothing runs on simulated guests, the compose project as little as anything else.
    assert.equal(made.code, 0, made.stderr);
    await world.ok(['rm', '-y', 'four']);
  });

  it('begins where there is nothing, and does not go on with a removal', async () => {
    await world.ok(['create', '--resume', 'five']);
    const forbidden = { status: 403, code: 'AuthorizationFailed', message: 'no' };
    const fault = await sandbox.arm({ method: 'DELETE', path: '/virtualMachines/five$', times: 0, action: forbidden });
    assert.equal((await world.run(['rm', '-y', 'five'])).code, 9);
    await insist(5, ['create', 'five', '--resume'], /removal did not finish[\s\S]*azdock rm five$/m);
    await sandbox.disarm(fault);
    await world.ok(['rm', '-y', 'five']);
    await insist(2, ['create', '--resume', 'a', 'b'], /one machine at a time[\s\S]*azdock create b --resume$/m);
    assert.ok(!existsSync(join(world.store, 'machines', 'a')));
    assert.deepEqual(await sandbox.counts(), {});
  });

  it('is named by ls, status and env', async () => {
    await fail('six');
    const [row] = await world.json(['ls', '--filter', 'name=six']);
    assert.equal(row.error, 'Its creation did not finish; run azdock create six --resume, or azdock rm six');
    const status = await world.run(['status', 'six']);
    assert.match(status.stderr, /azdock create six --resume, or azdock rm six/);
    const env = await world.run(['env', 'six']);
    assert.match(env.stderr, /azdock create six --resume$[\s\S]*azdock rm six$/m);
    await world.ok(['rm', '-y', 'six']);
  });
});
