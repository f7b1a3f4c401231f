import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { World } from '../end-to-end/azdock.ts';
import { WorldSandbox } from '../end-to-end/world-sandbox.ts';
import { arm, control } from '../sandbox/control-calls.ts';
import { finish } from '../sandbox/raw-https.ts';
import { plantNetwork, plantVm } from '../end-to-end/planted-vm.ts';
import { createWithAllComputeOptions } from './compute-story.ts';
import { type Exchange, readExchanges } from './exchange.ts';
import { createInNetworks } from './network-story.ts';

/** What the program asks Azure for, and what the sandbox answers, from one life of azdock's with all it can be told about Azure. */
export async function recordAzdock(): Promise<Exchange[]> {
  // What a failed creation has made stays, so that it is removed as such.
  const world = await World.create({ AZDOCK_ROLLBACK: 'false' });
  try {
    const sandbox = await WorldSandbox.up(world, ['--guests', 'simulated']);
    const story = new Story(world, sandbox);
    await choose(story);
    await createMachines(story);
    await createWithAllComputeOptions(story);
    await createInNetworks(story);
    await createElsewhere(story);
    await createWithoutDockerExtension(story);
    await meetRefusals(story);
    await useMachines(story);
    await removeMachines(story);
    await pruneLeftovers(story);
    await adoptMachine(story);
    return await readExchanges(sandbox.discovery);
  } finally {
    await world.destroy();
  }
}

/** What would be made, and what is made of several machines where the first wish cannot be had. */
async function createElsewhere(story: Story): Promise<void> {
  await Promise.all([
    story.works(
      'create would --dry-run --azure-ipv6 --azure-vnet other --azure-data-disk 64 --azure-availability-set together --azure-proximity-placement-group nearby',
    ),
    story.works(
      'create back --count 2 --azure-size Standard_E2s_v5 --azure-availability-zone 1 --fallback Standard_D2s_v5@2',
    ),
  ]);
  await story.works('rm -y back1 back2');
}

/** Runs the program, and insists that each run ends as it should: a story that goes another way records something else. */
export class Story {
  readonly world: World;
  readonly sandbox: WorldSandbox;

  constructor(world: World, sandbox: WorldSandbox) {
    this.world = world;
    this.sandbox = sandbox;
  }

  async works(line: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.world.ok(line.split(' '), { env });
  }

  async fails(why: RegExp, line: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
    const { code, stdout, stderr } = await this.world.run(line.split(' '), { env });
    assert.notEqual(code, 0, `azdock ${line} did not fail\n${stdout}\n${stderr}`);
    assert.match(stderr, why);
  }

  file(name: string, content: string): Promise<void> {
    return writeFile(join(this.world.directory, name), content);
  }

  async dockerExtension(state: 'works' | 'fails' | 'absent'): Promise<void> {
    await control(this.sandbox.discovery, 'PUT', 'docker-extension', { state });
  }

  /** Does something to Azure behind the program's back. */
  async azure(method: string, path: string, body?: unknown): Promise<void> {
    const { azure } = this.sandbox;
    const answer = await finish(azure, await azure(method, path, body));
    assert.ok(answer.status < 300, answer.text);
  }
}

/** What the subscription can use. */
async function choose(story: Story): Promise<void> {
  await Promise.all([
    story.works('locations'),
    story.works('doctor'),
    story.works('sizes --all'),
    story.works('images ubuntu --all'),
    story.works('images --publisher Debian'),
    story.fails(/no region nowhere/, 'sizes --azure-location nowhere'),
    story.fails(/no region nowhere/, 'images --azure-location nowhere'),
  ]);
}

/** Every option of the driver, by provisioners that succeed. */
async function createMachines(story: Story): Promise<void> {
  await story.file('boot.yaml', '#cloud-config\nruncmd:\n  - [ "true" ]\n');
  await story.works('create plain --docker-option live-restore --engine-label a=b --tls-san plain.example');
  await Promise.all([
    story.works(
      'create rich --azure-provisioner custom-script --azure-availability-set set --azure-disk-size 64 ' +
        '--azure-storage-type Premium_LRS --azure-size Standard_D2s_v5 --azure-ssh-user ops --azure-docker-port 2377 ' +
        '--azure-open-port 80 --azure-open-port 53/udp --azure-open-port 8000-8010/* --azure-open-port *',
    ),
    story.works('create booted --azure-provisioner cloud-init --azure-custom-data boot.yaml --engine-env A=b'),
  ]);
  await Promise.all([
    story.works('create member --azure-availability-set set --azure-subnet more --azure-subnet-prefix 10.1.0.0/16'),
    story.works(
      'create away --azure-resource-group away --azure-vnet docker-machine:docker-machine-vnet ' +
        '--azure-private-ip-address 192.168.7.7 --azure-image Canonical:0001-com-ubuntu-server-jammy:22_04-lts:latest ' +
        '--azure-size Standard_F4s_v2',
    ),
    // A guest that runs nothing.
    story.fails(/cannot run/, 'create shell --azure-provisioner ssh'),
  ]);
  await story.works('create shell --resume --azure-provisioner custom-script --azure-open-port 81');
}

/** DockerExtension fails, or is absent: so ends what could not be reached from here anyway, and another provisioner takes over. */
async function createWithoutDockerExtension(story: Story): Promise<void> {
  await story.file('compose.yaml', 'services:\n  web:\n    image: nginx\n');
  await story.file('settings.json', '{"docker":{"port":"2376","options":["--debug"]}}');
  await story.file('protected.json', '{"login":{"username":"me","password":"hunter2"}}');
  await story.dockerExtension('fails');
  await Promise.all([
    story.fails(
      /DockerExtension/,
      'create composed --azure-provisioner docker-extension --compose compose.yaml --compose-env A=b ' +
        '--registry-login me@registry.example',
      { AZDOCK_REGISTRY_PASSWORD: 'hunter2' },
    ),
    story.fails(
      /DockerExtension/,
      'create given --azure-provisioner docker-extension --extension-settings settings.json ' +
        '--extension-protected-settings protected.json',
    ),
    story.works('create fallen'),
    story.fails(/DockerExtension/, 'create named --azure-provisioner docker-extension --azure-dns azdock-label'),
    story.fails(/OSProvisioningClientError/, 'create hidden --azure-provisioner docker-extension --azure-no-public-ip'),
    story.fails(/DockerExtension/, 'create inside --azure-provisioner docker-extension --azure-use-private-ip'),
  ]);
  await story.dockerExtension('absent');
  await Promise.all([
    story.fails(/does not publish DockerExtension/, 'create never --azure-provisioner docker-extension'),
    story.works('create instead'),
  ]);
  await story.dockerExtension('works');
}

/** What Azure refuses, at the request and in the course of an operation. */
async function meetRefusals(story: Story): Promise<void> {
  const { discovery } = story.sandbox;
  await arm(discovery, {
    path: '/virtualMachines/sold-out$',
    method: 'PUT',
    when: 'operation',
    action: { operation: 'fail', code: 'AllocationFailed', message: 'Allocation failed.' },
  });
  await story.azure('POST', '/providers/Microsoft.Network/unregister?api-version=2025-04-01');
  await Promise.all([
    story.fails(/AllocationFailed/, 'create sold-out'),
    story.fails(/SkuNotAvailable/, 'create refused --azure-size Standard_E2s_v5'),
    story.fails(/quota/i, 'create too-many --azure-size Standard_F2s_v2'),
  ]);
  await Promise.all([
    story.fails(/is taken/, 'create again --azure-dns azdock-label'),
    story.fails(/has no image/, 'create unknown --azure-image Canonical:no-such-offer:server:latest'),
    story.fails(/already exists/, 'create plain', {
      MACHINE_STORAGE_PATH: join(story.world.directory, 'another-store'),
    }),
  ]);
}

/** What is put onto machines that are there, looked at, and taken off again. */
async function changeExtensions(story: Story): Promise<void> {
  await Promise.all([
    story.works('extension plain set --engine-label a=c --new-certificate --restart-containers'),
    story.works('extension rich set --engine-env A=b --docker-option debug'),
  ]);
  await Promise.all([story.works('extension plain show'), story.works('extension rich show')]);
  await story.works('extension fallen remove -y');
}

async function useMachines(story: Story): Promise<void> {
  await Promise.all([story.works('doctor'), story.works('doctor plain --timeout 60')]);
  await Promise.all([story.works('ls'), story.works('status plain'), story.works('regenerate-certs -f plain rich')]);
  await story.works('provision plain rich');
  await changeExtensions(story);
  await Promise.all([story.works('stop plain'), story.works('kill rich')]);
  await Promise.all([
    story.works('start plain rich'),
    story.works('restart member'),
    story.works('stop --no-deallocate instead'),
    story.works('kill --no-deallocate fallen'),
  ]);
  const vm = '/resourceGroups/docker-machine/providers/Microsoft.Compute/virtualMachines/booted';
  await story.azure('DELETE', vm);
  await story.fails(/no virtual machine/, 'start booted');
}

/** Some at once, so that what they share is let go by the last one; a group that is not azdock's is left alone. */
async function removeMachines(story: Story): Promise<void> {
  await story.azure('PUT', '/resourcegroups/ours', { location: 'westeurope' });
  await story.works('create guest --azure-resource-group ours');
  await story.works('rm -y guest');
  await story.works('rm -y away plain booted');
  await story.works('rm -y rich member shell composed given fallen named hidden inside instead sold-out refused');
}

/** A machine whose record is lost, and what it shared. */
async function pruneLeftovers(story: Story): Promise<void> {
  await story.works('create lost --azure-availability-set lost-set --azure-proximity-placement-group lost-near');
  await rm(join(story.world.store, 'machines', 'lost'), { recursive: true });
  await story.works('prune --older-than 0 --yes');
}

/** A VM that somebody else has made, for a while. */
async function adoptMachine(story: Story): Promise<void> {
  const { azure } = story.sandbox;
  await plantNetwork(azure);
  const vm = await plantVm(azure, 'planted');
  await story.works('adopt planted --azure-vm rg:planted');
  const colleague = { MACHINE_STORAGE_PATH: join(story.world.directory, 'colleague') };
  await story.works('attach planted', colleague);
  await story.works('rm -y --purge planted', colleague);
  await story.works('rm -y --with-vm planted');
  assert.equal((await azure('GET', vm.id)).status, 404);
}
