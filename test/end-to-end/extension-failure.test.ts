import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Json } from '../sandbox/raw-https.ts';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { ping, clientSet, machineFolder } from './engine.ts';
import { WorldSandbox } from './world-sandbox.ts';

describe('an extension that fails', needs(...linuxGuests), () => {
  let world: World;
  let sandbox: WorldSandbox;

  before(async () => {
    world = await World.create(LINUX);
    sandbox = await WorldSandbox.up(world, ['--docker-extension', 'fails']);
  });
  after(() => world?.destroy());

  /** Names of a VM's extensions, with their states. */
  const extensions = async (machine: string): Promise<string[]> => {
    const vm = `/resourceGroups/docker-machine/providers/Microsoft.Compute/virtualMachines/${machine}`;
    const { body } = await sandbox.azure('GET', `${vm}/extensions`);
    return body.value.map(({ name, properties }: Json) => `${name} ${properties.provisioningState}`);
  };
  const tries = async () =>
    (await sandbox.journal()).filter(
      ({ method, path }) => method === 'PUT' && path.endsWith('/extensions/DockerExtension'),
    );

  it('is told of and removed, and CustomScript takes over', async () => {
    const { code, stdout, stderr } = await world.run(['create', 'first']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^first is running Docker/);
    assert.match(
      stderr,
      /^Warning: DockerExtension failed on first: Enable Docker failed: .*CustomScript takes over\.$/m,
    );
    assert.match(stderr, /^Docker engine, by CustomScript: done/m);
    assert.deepEqual(await extensions('first'), ['CustomScript Succeeded']);
    assert.deepEqual(await ping(world, 'first', await clientSet(machineFolder(world, 'first'))), {
      status: 200,
      body: 'OK',
    });
    assert.equal(JSON.parse(await world.file('first', 'azdock.json')).provisioner, 'custom-script');
  });

  it('is not tried again in its region', async () => {
    assert.equal((await tries()).length, 1);
    const { code, stderr } = await world.run(['create', 'second']);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^DockerExtension is not used: It failed in this region/m);
    assert.doesNotMatch(stderr, /Warning/);
    assert.equal((await tries()).length, 1);
  });

  it('is not held against its region when the engine itself cannot start with what was asked for', async () => {
    const elsewhere = ['--azure-location', 'northeurope', '--azure-resource-group', 'north'];
    const { code, stderr } = await world.run([
      'create',
      'broken',
      '--no-rollback',
      '--engine-opt',
      'no-such-flag',
      ...elsewhere,
    ]);
    assert.equal(code, 1);
    assert.match(stderr, /CustomScript takes over[\s\S]*unknown flag: --no-such-flag/);
    await world.ok(['rm', '-y', 'broken']);
    await world.ok(['create', 'fine', ...elsewhere]);
    assert.equal((await tries()).length, 3, 'it was tried for both');
    await world.ok(['rm', '-y', 'fine']);
  });

  it('asked for by name fails the creation with its own message, and says how to go on', async () => {
    const { code, stdout, stderr } = await world.run([
      'create',
      'third',
      '--no-rollback',
      '--azure-provisioner',
      'docker-extension',
    ]);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(
      stderr,
      /^DockerExtension failed on third: Enable Docker failed: ERROR: .*get\.docker\.com.*VMExtensionProvisioningError/m,
    );
    assert.match(stderr, /^ .*azdock rm third$/m);
    assert.match(stderr, /^ .*azdock create third --resume --azure-provisioner \w+$/m);
    assert.match(stderr, /There is now virtual machine third, .*Billed until removed: virtual machine third/);
    assert.equal(JSON.parse(await world.file('third', 'azdock.json')).phase, 'failed');
    assert.deepEqual(await extensions('third'), ['DockerExtension Failed']);
    const [row] = await world.json(['ls', '--filter', 'name=third']);
    assert.match(row.error, /creation did not finish; run azdock create third --resume, or azdock rm third/);
  });

  it('has env say that the creation did not finish', async () => {
    const { code, stdout, stderr } = await world.run(['env', 'third']);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(stderr, /creation did not finish/);
    assert.match(stderr, /azdock rm third/);
  });

  it('is made up for by another provisioner when the creation is gone on with', async () => {
    await world.ok(['create', 'third', '--resume', '--azure-provisioner', 'custom-script']);
    assert.deepEqual(await extensions('third'), ['CustomScript Succeeded']);
    const answer = await ping(world, 'third', await clientSet(machineFolder(world, 'third')));
    assert.equal(answer.status, 200);
  });

  it('leaves a machine that rm removes wholly', async () => {
    await world.ok(['rm', '-y', 'third']);
    const left = await sandbox.resourcesIn('docker-machine');
    assert.deepEqual(
      left.filter((id) => id.includes('third')),
      [],
    );
    assert.deepEqual(await world.json(['ls', '-q']), ['first', 'second']);
  });

  it('need not be there: CustomScript does it where the region does not publish DockerExtension', async () => {
    await WorldSandbox.up(world, ['--docker-extension', 'absent']);
    const elsewhere = ['--azure-location', 'swedencentral', '--azure-resource-group', 'sweden'];
    const { code, stderr } = await world.run(['create', 'absent', ...elsewhere]);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^DockerExtension is not used: This region does not publish it\.$/m);
    assert.doesNotMatch(stderr, /Warning/);
    const named = await world.run(['create', 'never', '--azure-provisioner', 'docker-extension', ...elsewhere]);
    assert.equal(named.code, 2);
    assert.match(named.stderr, /does not publish DockerExtension/);
    assert.deepEqual(await world.json(['ls', '-q']), ['absent', 'first', 'second']);
  });
});
