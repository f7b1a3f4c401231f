import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Json } from '../sandbox/raw-https.ts';
import { type Result, World } from './azdock.ts';
import { plantNetwork, plantVm, tagsOf } from './planted-vm.ts';
import { WorldSandbox } from './world-sandbox.ts';

describe('attach, where no guest runs anything', () => {
  let world: World;
  let sandbox: WorldSandbox;
  let colleague: string;

  before(async () => {
    world = await World.create({ AZDOCK_AZURE_ALLOW_FROM: '*' });
    colleague = join(world.directory, 'colleague');
    sandbox = await WorldSandbox.up(world, ['--guests', 'simulated']);
    await Promise.all([
      world.ok([
        ...['create', 'dev', '--azure-provisioner', 'custom-script', '--azure-open-port', '80', '--azure-tag', 'a=b'],
        ...['--azure-docker-port', '4243', '--azure-ssh-user', 'ops', '--azure-allow-from', '127.0.0.0/8'],
      ]),
      world.ok(['create', 'ext', '--azure-resource-group', 'second', '--azure-size', 'Standard_D2s_v5']),
    ]);
  });
  after(() => world?.destroy());

  /** As somebody else on another computer. */
  const theirs = (...args: string[]): Promise<Result> => world.run(args, { env: { MACHINE_STORAGE_PATH: colleague } });
  const theirsOk = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await theirs(...args);
    assert.equal(code, 0, stderr);
    return stdout;
  };
  const record = async (name: string): Promise<Json> => JSON.parse(await theirsOk('inspect', name));

  it('lists what this store does not have', async () => {
    assert.match(await world.ok(['attach']), /^There is no machine in this subscription that this store does not have/);
    const listed = JSON.parse(await theirsOk('attach', '--json'));
    assert.deepEqual(
      listed.map(({ name, resourceGroup, isOwn, isAdopted }: Json) => [name, resourceGroup, isOwn, isAdopted]),
      [
        ['dev', 'docker-machine', false, false],
        ['ext', 'second', false, false],
      ],
    );
    assert.match(
      await theirsOk('attach'),
      /^dev +docker-machine +westeurope +Standard_B2s_v2 +another store +no +\d+s$/m,
    );
  });

  it('refuses what there is not, and what is of this store', async () => {
    assert.equal((await theirs('attach', 'none')).code, 4);
    assert.equal((await theirs('attach', 'second:dev')).code, 4);
    assert.equal((await theirs('attach', '--all', 'dev')).code, 2);
    const { code, stderr } = await world.run(['attach', 'dev']);
    assert.equal(code, 1);
    assert.match(stderr, /dev is a machine of this store already/);
  });

  it('makes the record that the machine has elsewhere, and lets both in', async () => {
    const said = await theirs('attach', 'docker-machine:dev');
    assert.equal(said.code, 0, said.stderr);
    assert.match(said.stdout, /^dev is attached: Docker \S+ at tcp:\/\/\S+:4243\.$/m);
    const [mine, made] = [JSON.parse(await world.ok(['inspect', 'dev'])), await record('dev')];
    const same = ['IPAddress', 'SSHUser', 'SSHPort', 'DockerPort', 'ResourceGroup', 'Location', 'Size', 'StorageType'];
    for (const key of same) assert.deepEqual(made.Driver[key], mine.Driver[key], key);
    assert.deepEqual(made.Driver.OpenPorts, ['80/tcp']);
    for (const env of [{}, { MACHINE_STORAGE_PATH: colleague }]) await world.ok(['env', 'dev'], { env });
    await theirsOk('ssh', 'dev', 'true');
    assert.deepEqual(JSON.parse(await theirsOk('allow', 'dev', '--json')).recorded, ['127.0.0.0/8']);
    const { stderr, code } = await theirs('create', 'dev');
    assert.equal(code, 5, stderr);
  });

  it('attaches all that is left, and can be done again', async () => {
    assert.match(await theirsOk('attach', '--all'), /^ext is attached: /m);
    await theirsOk('attach', 'dev', 'ext');
    assert.match(await theirsOk('ls', '-q'), /^dev\next\n$/);
    assert.equal((await theirsOk('attach', '--all', '--json')).trim(), '{\n  "attached": []\n}');
  });

  it('forgets the machine by rm, and leaves it to the others', async () => {
    const { code, stderr } = await theirs('rm', '-y', 'dev');
    assert.equal(code, 0, stderr);
    assert.match(stderr, /dev stays in Azure: another store made it/);
    await world.ok(['env', 'dev']);
    const { machines } = JSON.parse(await theirsOk('prune', '--older-than', '0', '--json'));
    assert.deepEqual(
      machines.map(({ name, verdict }: Json) => [name, verdict]),
      [['dev', 'other-store']],
    );
  });

  it('makes a record alone where this login may only read, and says what is missing', async () => {
    const fault = await sandbox.arm({
      method: 'POST',
      path: '/runCommand$',
      times: 0,
      action: { status: 403, code: 'AuthorizationFailed', message: 'No authorization to perform action.' },
    });
    const { code, stdout, stderr } = await theirs('attach', 'dev');
    assert.equal(code, 0, stderr);
    assert.equal(stdout, 'dev is attached without access.\n');
    assert.match(stderr, /neither key nor certificates: that takes the role Virtual Machine Contributor/);
    assert.match(await theirsOk('ls'), /^dev +- +azure +Running/m);
    for (const args of [
      ['provision', 'dev'],
      ['create', 'dev', '--resume'],
    ]) {
      const refused = await theirs(...args);
      assert.notEqual(refused.code, 0);
      assert.match(refused.stderr, /azdock attach dev/);
    }
    await sandbox.disarm(fault);
    await theirsOk('attach', 'dev');
    await theirsOk('env', 'dev');
  });

  it('is attached to a VM that was adopted, too', async () => {
    await plantNetwork(sandbox.azure);
    const vm = await plantVm(sandbox.azure, 'web-1');
    await world.ok(['adopt', 'web', '--azure-vm', vm.id]);
    assert.match(await theirsOk('attach', 'web'), /^web is attached: Docker/);
    await theirsOk('env', 'web');
    const tags = await tagsOf(sandbox.azure, vm);
    await theirsOk('rm', '-y', 'web');
    assert.deepEqual(await tagsOf(sandbox.azure, vm), tags);
    await world.ok(['env', 'web']);
  });

  it('takes a machine of this store back whose record is lost, which then is as before', async () => {
    await rm(join(world.store, 'machines', 'ext'), { recursive: true });
    assert.equal((await world.json(['attach']))[0].isOwn, true);
    await world.ok(['attach', 'ext']);
    await world.ok(['env', 'ext']);
    await world.ok(['rm', '-y', 'ext']);
    assert.deepEqual(await sandbox.resourcesIn('second'), []);
  });

  it('removes the machine for everybody when it is told so', async () => {
    await theirsOk('rm', '-y', '--with-vm', 'dev');
    assert.deepEqual(await sandbox.resourcesIn('docker-machine'), []);
    await world.ok(['rm', '-y', 'dev']);
  });
});
