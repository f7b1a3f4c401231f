import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { isOpen, type Login, runOverSsh } from '../sandbox/guests/clients.ts';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { preloadBusybox } from './busybox-image.ts';
import { clientSet, dockerOk, machineFolder, ping } from './engine.ts';
import { loginOf } from './host.ts';
import { type PlantedVm, plantNetwork, plantVm, tagsOf } from './planted-vm.ts';
import { WorldSandbox } from './world-sandbox.ts';

/** Somebody's containers, ids with their starts. */
const CONTAINERS = "sudo docker inspect -f '{{.Id}} {{.State.StartedAt}} {{.State.Running}}' $(sudo docker ps -q)";

describe('adopt, on real hosts', needs(...linuxGuests, 'docker', 'busybox'), () => {
  let world: World;
  let sandbox: WorldSandbox;
  let vm: PlantedVm;
  /** Whoever made the VM. */
  let owner: Login;
  let containers: string;

  before(async () => {
    world = await World.create(LINUX);
    preloadBusybox(world);
    sandbox = await WorldSandbox.up(world);
    await plantNetwork(sandbox.azure);
    vm = await plantVm(sandbox.azure, 'web-1');
    const address = '/resourceGroups/rg/providers/Microsoft.Network/publicIPAddresses/web-1-ip';
    const { body } = await sandbox.azure('GET', address);
    owner = { host: body.properties.ipAddress, port: 22, username: 'docker-user', privateKey: vm.privateKey };
    await onHost('sudo systemctl start docker && sudo docker run -d --stop-timeout 0 busybox /busybox sleep 3600');
    containers = await onHost(CONTAINERS);
  });
  after(() => world?.destroy());

  const onHost = async (command: string): Promise<string> => {
    const { code, output } = await runOverSsh(owner, command);
    if (code !== 0) throw new Error(`${command} ended with ${code}\n${output}`);
    return output;
  };
  const adopt = (...args: string[]) => world.ok(['adopt', 'web', '--azure-vm', vm.id, ...args]);
  const entersAs = async (login: Login) =>
    runOverSsh(login, 'true').then(
      ({ code }) => code === 0,
      () => false,
    );

  it('opens the engine of a host that has one to this store alone, and its containers run on', async () => {
    assert.equal(await isOpen(owner.host, 2376), false);
    const said = await world.run(['adopt', 'web', '--azure-vm', vm.id]);
    assert.equal(said.code, 0, said.stderr);
    assert.match(said.stderr, /1 containers run on while the engine restarts/);
    const set = await clientSet(machineFolder(world, 'web'));
    assert.equal((await ping(world, 'web', set)).body, 'OK');
    await assert.rejects(ping(world, 'web', { ca: set.ca }));
    assert.equal(await onHost(CONTAINERS), containers);
    assert.match(await dockerOk(world, 'web', ['ps', '--format', '{{.Image}}']), /^busybox$/);
  });

  it('lets azdock in with a key of its own, beside those that were there', async () => {
    assert.equal(await entersAs(await loginOf(world, 'web')), true);
    assert.equal(await entersAs(owner), true);
    assert.match(
      await onHost('cat .ssh/authorized_keys; stat -c "%a %U" .ssh/authorized_keys'),
      /^ssh-rsa .* somebody\nssh-rsa \S+\n600 docker-user$/m,
    );
    const { hostKey } = JSON.parse(await world.file('web', 'azdock.json'));
    assert.match(
      await onHost('cat /etc/ssh/ssh_host_ed25519_key.pub'),
      new RegExp(`^${hostKey.replaceAll(/[+/]/g, '.')} `),
    );
    assert.match(await world.ok(['ssh', 'web', 'hostname']), /^web-1$/m);
  });

  it('works for the verbs that change the host', async () => {
    await world.ok(['extension', 'web', 'set', '--engine-label', 'stage=test']);
    await world.ok(['regenerate-certs', '-f', 'web']);
    assert.match(await dockerOk(world, 'web', ['info', '--format', '{{.Labels}}']), /stage=test/);
    await world.ok(['env', 'web']);
  });

  it('is let go: the engine and its containers run on, without extension and tags', async () => {
    const now = await onHost(CONTAINERS);
    await world.ok(['rm', '-y', 'web']);
    assert.deepEqual(await tagsOf(sandbox.azure, vm), { team: 'blue' });
    assert.equal((await sandbox.counts())['Microsoft.Compute/virtualMachines/extensions'], undefined);
    assert.equal(await onHost(CONTAINERS), now);
    assert.equal(await world.ok(['ls', '-q']), '');
  });

  it('can be adopted over SSH, and by DockerExtension, and purged: then nothing of azdock is left on the host', async () => {
    const key = join(world.directory, 'somebody');
    await writeFile(key, vm.privateKey, { mode: 0o600 });
    const since = await sandbox.lastEntry();
    await adopt('--azure-provisioner', 'ssh', '--ssh-key', 'somebody');
    const paths = (await sandbox.journal(since)).map(({ path }) => path);
    assert.equal(
      paths.some((path) => /runCommand|extensions\//i.test(path)),
      false,
    );
    await world.ok(['rm', '-y', 'web']);

    await adopt('--azure-provisioner', 'docker-extension');
    const login = await loginOf(world, 'web');
    const now = await onHost(CONTAINERS);
    await world.ok(['rm', '-y', '--purge', 'web']);
    assert.equal(await onHost(CONTAINERS), now);
    assert.equal(await isOpen(owner.host, 2376), false);
    assert.equal(await entersAs(login), false);
    assert.equal(await entersAs(owner), true);
    assert.equal((await onHost('sudo ls /etc/docker')).includes('.pem'), false);
    assert.equal((await onHost('systemctl show docker -p ExecStart')).includes('tlsverify'), false);
  });
});
