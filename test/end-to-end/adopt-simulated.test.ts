import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { compute, location, make, network, securityRule } from '../sandbox/build-machine.ts';
import { finish, type Json } from '../sandbox/raw-https.ts';
import { collect, World } from './azdock.ts';
import { clientSet, machineFolder, ping } from './engine.ts';
import { type PlantedVm, plantNetwork, plantVm, tagsOf } from './planted-vm.ts';
import { until, WorldSandbox } from './world-sandbox.ts';

describe('adopt, where no guest runs anything', () => {
  let world: World;
  let sandbox: WorldSandbox;
  let vm: PlantedVm;

  before(async () => {
    world = await World.create();
    sandbox = await WorldSandbox.up(world, ['--guests', 'simulated']);
    await plantNetwork(sandbox.azure);
    vm = await plantVm(sandbox.azure, 'web-1');
  });
  after(() => world?.destroy());

  const adopt = (name: string, ...args: string[]) => world.run(['adopt', name, '--azure-vm', vm.id, ...args]);
  const refuses = async (args: string[], exit: number, why: RegExp) => {
    const { code, stdout, stderr } = await world.run(['adopt', ...args]);
    assert.match(stderr, why);
    assert.deepEqual([code, stdout], [exit, '']);
    assert.deepEqual(await tagsOf(sandbox.azure, vm), { team: 'blue' }, 'nothing is changed in Azure');
    assert.equal(await world.ok(['ls', '-q']), '');
  };
  const change = async (method: string, path: string, body?: Json) => {
    const answer = await finish(sandbox.azure, await sandbox.azure(method, path, body));
    assert.ok(answer.status < 300, answer.text);
  };
  const sidecarOf = async (name: string): Promise<Json> => JSON.parse(await world.file(name, 'azdock.json'));

  it('refuses what is no VM, is not there, or cannot become a machine, before anything is changed', async () => {
    await refuses(['web'], 2, /adopt needs a name for the machine, and the virtual machine/);
    await refuses(['web', '--azure-vm', 'web-1'], 2, /--azure-vm takes the id of a virtual machine, or GROUP:NAME/);
    await refuses(['web', '--azure-vm', `${vm.id}/extensions/x`], 2, /--azure-vm takes the id of a virtual machine/);
    await refuses(['web', '--azure-vm', 'rg:none'], 3, /There is no virtual machine none in resource group rg/);
    await refuses(['bad name', '--azure-vm', vm.id], 2, /cannot be a machine name/);
    await refuses(['web', '--azure-vm', vm.id, '--azure-docker-port', '4243'], 3, /fw lets nobody reach TCP port 4243/);
    await change('POST', `${compute}/virtualMachines/web-1/powerOff`);
    await refuses(['web', '--azure-vm', vm.id], 1, /web-1 is not running: it is stopped/);
    await change('POST', `${compute}/virtualMachines/web-1/start`);
  });

  it('leaves extensions of others alone, and takes another way', async () => {
    const extension = `${compute}/virtualMachines/web-1/extensions/theirs`;
    const script = Buffer.from('# azdock-engine: {"port":null}\n').toString('base64');
    const settings = { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', typeHandlerVersion: '2.1' };
    await sandbox.azure('PUT', extension, { location, properties: { ...settings, settings: { script } } });
    await until(async () => (await sandbox.azure('GET', extension)).body.properties?.provisioningState === 'Failed');
    const by = ['web', '--azure-vm', vm.id, '--azure-provisioner', 'custom-script'];
    await refuses(by, 3, /CustomScript is attached already, as theirs, and not by azdock/);
    await change('DELETE', extension);
  });

  it('gives the VM tags, a key, an engine and a record, and nothing else', async () => {
    const before = await sandbox.counts();
    const { code, stdout, stderr } = await adopt('web', '--azure-provisioner', 'custom-script');
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^web is running Docker \S+ at tcp:\/\/\S+:2376 after .*\nPoint your shell at it: .*env web/);
    const { id, store, journal, hostKey, provisioner, phase } = await sidecarOf('web');
    assert.deepEqual(await tagsOf(sandbox.azure, vm), {
      team: 'blue',
      'azdock-machine': 'web',
      'azdock-adopted': id,
      'azdock-store': store,
    });
    assert.deepEqual([provisioner, phase], ['custom-script', 'ready']);
    assert.deepEqual(journal, [{ id: `${vm.id}/extensions/CustomScript`, shared: false }]);
    assert.match(hostKey, /^ecdsa-sha2-nistp256 /);
    const after = await sandbox.counts();
    assert.deepEqual(after, { ...before, 'Microsoft.Compute/virtualMachines/extensions': 1 });
    const { Driver } = JSON.parse(await world.file('web', 'config.json'));
    assert.deepEqual(
      [Driver.ResourceGroup, Driver.Location, Driver.Size, Driver.Image, Driver.SSHUser, Driver.SubnetName],
      [
        'rg',
        'westeurope',
        'Standard_B2s_v2',
        'Canonical:ubuntu-24_04-lts:server:latest',
        'docker-user',
        `${sandbox.azure.subscription}${network}/virtualNetworks/vnet/subnets/s`,
      ],
    );
  });

  it('is a machine for every command', async () => {
    assert.match(await world.ok(['ls']), /^web +- +azure +Running +tcp:/m);
    await world.ok(['env', 'web']);
    await world.ok(['ssh', 'web', 'true']);
    assert.equal((await world.json(['extension', 'web'])).extension.name, 'CustomScript');
    assert.equal((await world.json(['allow', 'web'])).isOwn, false);
    await world.ok(['regenerate-certs', '-f', 'web']);
    await world.ok(['provision', 'web']);
    await world.ok(['stop', 'web']);
    await world.ok(['start', 'web']);
    await world.ok(['restart', 'web']);
    const set = await clientSet(machineFolder(world, 'web'));
    assert.equal((await ping(world, 'web', set)).body, 'OK');
  });

  it('is refused to another machine, and to another store unless it insists', async () => {
    const other = { env: { MACHINE_STORAGE_PATH: `${world.directory}/colleague` } };
    assert.match((await adopt('web')).stderr, /already exists/);
    const { code, stderr } = await world.run(['adopt', 'mine', '--azure-vm', vm.id], other);
    assert.equal(code, 3);
    assert.match(stderr, /web-1 is machine web already, of this store or another one/);
  });

  it('is no leftover, nor a creation to be resumed', async () => {
    const { machines, shared } = await world.json(['prune', '--all-stores', '--older-than', '0']);
    assert.deepEqual([machines, shared], [[], []]);
    const { code, stderr } = await world.run(['create', 'web', '--resume']);
    assert.notEqual(code, 0, stderr);
  });

  it('is let go by rm: extension and tags are gone, and the VM is as it was', async () => {
    await world.ok(['rm', '-y', 'web']);
    assert.deepEqual(await tagsOf(sandbox.azure, vm), { team: 'blue' });
    assert.equal((await sandbox.counts())['Microsoft.Compute/virtualMachines/extensions'], undefined);
    assert.equal((await sandbox.azure('GET', `${compute}/virtualMachines/web-1/instanceView`)).status, 200);
  });

  it('goes on where it broke off, and asks for nothing twice', async () => {
    for (const path of ['/virtualMachines/web-1$', '/runCommand$', '/extensions/CustomScript$']) {
      const hold = await sandbox.arm({
        method: path.startsWith('/virtual') ? 'PATCH' : path === '/runCommand$' ? 'POST' : 'PUT',
        path,
        action: { hold: 'after' },
      });
      const child = world.start(['adopt', 'web', '--azure-vm', vm.id, '--azure-provisioner', 'custom-script']);
      const end = collect(child);
      await until(async () => ((await sandbox.fault(hold))?.waiting ?? 0) > 0);
      child.kill('SIGKILL');
      await end;
      await sandbox.disarm(hold);
    }
    const { id } = await sidecarOf('web');
    const wayOn = `azdock adopt web --azure-vm ${vm.id}`;
    const [row] = await world.json(['ls']);
    assert.equal(row.error, `Its adoption did not finish; run ${wayOn}, or azdock rm web`);
    const { checks } = JSON.parse((await world.run(['doctor', '--json', 'web'])).stdout);
    assert.equal(checks.find(({ id: check }: Json) => check === 'phase').fix.text, wayOn);
    const again = JSON.parse((await world.run(['create', '--json', 'web'])).stdout).error;
    assert.deepEqual([again.code, again.nextSteps[0].command], ['machine-exists', wayOn]);
    const changed = JSON.parse((await world.run(['upgrade', '--json', 'web'])).stdout).error;
    assert.deepEqual([changed.code, changed.nextSteps[0].command], ['provision', wayOn]);
    const resumed = await world.run(['create', 'web', '--resume']);
    assert.match(resumed.stderr, /was not made, but adopted/);
    assert.match(resumed.stderr, new RegExp(`azdock adopt web --azure-vm ${vm.id}`));
    const { code, stderr } = await adopt('web', '--azure-provisioner', 'custom-script');
    assert.equal(code, 0, stderr);
    assert.equal((await sidecarOf('web')).id, id);
    await world.ok(['rm', '-y', 'web']);
    assert.deepEqual(await tagsOf(sandbox.azure, vm), { team: 'blue' });
    assert.equal((await sandbox.counts())['Microsoft.Compute/virtualMachines/extensions'], undefined);
    assert.equal(await world.ok(['ls', '-q']), '');
  });

  it('says how to go on when it fails, and can be let go', async () => {
    await sandbox.arm({
      method: 'POST',
      path: '/runCommand$',
      when: 'operation',
      action: { operation: 'fail', code: 'VMAgentStatusCommunicationError', message: 'The agent does not report.' },
    });
    const { code, stderr } = await adopt('web');
    assert.notEqual(code, 0);
    assert.match(stderr, /VMAgentStatusCommunicationError/);
    assert.match(stderr, new RegExp(`Go on with it: +azdock adopt web --azure-vm ${vm.id}`));
    await world.ok(['rm', '-y', 'web']);
    assert.deepEqual(await tagsOf(sandbox.azure, vm), { team: 'blue' });
  });

  it('goes with its VM, its disk, its interface and its address when rm is told so, also in two tries', async () => {
    const doomed = await plantVm(sandbox.azure, 'web-2');
    await make(sandbox.azure, `${compute}/disks/data`, {
      location,
      properties: { creationData: { createOption: 'Empty' }, diskSizeGB: 4 },
    });
    await world.ok(['adopt', 'gone', '--azure-vm', doomed.id, '--azure-provisioner', 'custom-script']);
    const hold = await sandbox.arm({ method: 'DELETE', path: '/virtualMachines/web-2$', action: { hold: 'after' } });
    const child = world.start(['rm', '-y', '--with-vm', 'gone']);
    const end = collect(child);
    await until(async () => ((await sandbox.fault(hold))?.waiting ?? 0) > 0);
    child.kill('SIGKILL');
    await end;
    await sandbox.disarm(hold);
    await world.ok(['rm', '-y', 'gone']);
    const left = (await sandbox.resourcesIn('rg')).map((id) => id.split('/').at(-1)).sort();
    assert.deepEqual(left, ['data', 'fw', 'vnet', 'web-1', 'web-1', 'web-1-disk', 'web-1-ip', 'web-1-nic']);
  });

  it('can be reached through SSH alone, where no port is open', async () => {
    await make(sandbox.azure, `${network}/networkSecurityGroups/fw`, {
      location,
      properties: { securityRules: [securityRule('ssh', 100)] },
    });
    const refused = await adopt('web');
    assert.equal(refused.code, 3);
    assert.match(refused.stderr, /az network nsg rule create -g rg --nsg-name fw -n azdock-2376 --priority 101/);
    assert.match(refused.stderr, new RegExp(`azdock adopt web --azure-vm ${vm.id} --tunnel`));
    const made = await adopt('web', '--tunnel', '--azure-provisioner', 'custom-script');
    assert.equal(made.code, 0, made.stderr);
    assert.match(made.stdout, /^web is running Docker \S+ at unix:/);
    assert.match(await world.ok(['env', 'web']), /DOCKER_HOST="unix:/);
    await world.ok(['rm', '-y', 'web']);
  });
});
