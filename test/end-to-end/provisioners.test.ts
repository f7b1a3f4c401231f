import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { preloadBusybox } from './busybox-image.ts';
import { dockerOk } from './engine.ts';
import { asRoot } from './host.ts';
import { type HostState, hostState } from './host-state.ts';

/** docs/decisions/0003: the extension edits the package's unit, the script writes a drop-in. */
const DROP_IN = '/etc/systemd/system/docker.service.d/10-machine.conf';

const BY_SCRIPT = ['custom-script', 'cloud-init', 'ssh'] as const;
const ALL = ['docker-extension', ...BY_SCRIPT] as const;

const LABELS = [
  'stage=test',
  'purpose=two words',
  'quote=it\'s "quoted"',
  'rate=100%s of %n',
  'path=C:\\dir\\',
  'empty=',
];
const RICH = [
  ...LABELS.flatMap((label) => ['--engine-label', label]),
  ...[
    '--engine-opt',
    'live-restore',
    '--docker-option',
    'log-opt=max-size=10m',
    '--engine-opt',
    'default-ulimit=nofile=1024:2048',
  ],
  ...['--engine-insecure-registry', '10.1.0.0/16', '--engine-insecure-registry', 'registry.test:5000'],
  ...['--engine-registry-mirror', 'https://mirror.test', '--engine-storage-driver', 'overlay2'],
  ...['--tls-san', 'engine.test', '--tls-san', '203.0.113.7'],
  ...['--compose', 'compose.yaml', '--compose-env', 'GREETING=hello'],
];
const ENGINE_ENVIRONMENT = ['HTTP_PROXY=http://proxy.test:3128/?a=%41', "WORDS=it's two $HOME"];

const COMPOSE = `services:
  web:
    image: busybox
    command: /busybox sleep 3600
    environment: [GREETING]
version: '2.4'
`;

describe('the four provisioners', needs(...linuxGuests, 'docker', 'docker-compose', 'busybox'), () => {
  let world: World;
  let states: Map<string, HostState>;

  before(async () => {
    world = await World.create(LINUX);
    preloadBusybox(world);
    await writeFile(join(world.directory, 'compose.yaml'), COMPOSE);
    await writeFile(join(world.directory, 'user-data.sh'), '#!/bin/sh\necho mine >/root/user-data\n');
    const environment = ENGINE_ENVIRONMENT.flatMap((pair) => ['--engine-env', pair]);
    const own: Partial<Record<(typeof ALL)[number], string[]>> = {
      'cloud-init': [...environment, '--azure-custom-data', 'user-data.sh'],
      'custom-script': environment,
      ssh: environment,
    };
    await Promise.all(
      ALL.map((how) => world.ok(['create', machine(how), '--azure-provisioner', how, ...RICH, ...(own[how] ?? [])])),
    );
    states = await statesOfAll(world);
  });
  after(() => world?.destroy());

  const stateBy = (how: string): HostState => states.get(how) ?? assert.fail(`no state by ${how}`);

  for (const how of BY_SCRIPT) {
    it(`leave the same engine configuration: ${how} as docker-extension`, () => {
      const { environment: _, ...theirs } = stateBy('docker-extension');
      const { environment: __, ...ours } = stateBy(how);
      assert.deepEqual(ours, theirs);
    });
  }

  it('leave what was asked for, whatever its signs', async () => {
    const { arguments: words, files, contents, groups } = stateBy('docker-extension');
    for (const label of LABELS) assert.ok(words.includes(`--label=${label}`), `${label} in ${words.join(' ')}`);
    for (const word of ['--live-restore', '--log-opt=max-size=10m', '--storage-driver=overlay2'])
      assert.ok(words.includes(word), word);
    assert.deepEqual(
      files.filter((line) => line.includes('.pem')),
      ['./ca.pem 600 root root', './cert.pem 600 root root', './key.pem 600 root root'],
    );
    assert.equal(contents['./ca.pem'], await world.file(machine('ssh'), 'ca.pem'));
    assert.ok(groups.includes('docker'), 'the admin user may use the socket');
  });

  for (const how of ALL) {
    it(`have the engine report the configuration: ${how}`, async () => {
      const info = JSON.parse(await dockerOk(world, machine(how), ['info', '-f', '{{json .}}']));
      const labels = info.Labels.filter((label: string) => !/^(provider|azdock\.certificate)=/.test(label));
      assert.deepEqual(labels.sort(), [...LABELS].sort());
      assert.ok(info.Labels.includes('provider=azure'));
      assert.equal(info.LiveRestoreEnabled, true);
      assert.equal(info.Driver, 'overlay2');
      assert.deepEqual(info.RegistryConfig.Mirrors, ['https://mirror.test/']);
      assert.equal(info.RegistryConfig.IndexConfigs['registry.test:5000'].Secure, false);
      assert.ok(info.RegistryConfig.InsecureRegistryCIDRs.includes('10.1.0.0/16'));
      const greeting = await dockerOk(world, machine(how), ['exec', 'compose_web_1', '/busybox', 'env']);
      assert.match(greeting, /^GREETING=hello$/m);
    });
  }

  for (const how of BY_SCRIPT) {
    it(`bring --engine-env into the daemon's environment: ${how}`, () => {
      const { environment } = stateBy(how);
      for (const pair of ENGINE_ENVIRONMENT) assert.ok(environment.includes(pair), `${pair} in ${environment}`);
      const others = environment.filter((pair) => !ENGINE_ENVIRONMENT.includes(pair));
      assert.deepEqual(others, stateBy('docker-extension').environment);
    });
  }

  it('differ in one place, which is declared: the line stands in the unit, or in a drop-in', async () => {
    for (const how of ALL) {
      const found = await asRoot(world, machine(how), `test -e ${DROP_IN} && echo drop-in || echo unit`);
      assert.equal(found, how === 'docker-extension' ? 'unit\n' : 'drop-in\n', how);
    }
  });

  it("run the user's own custom data beside the engine script of cloud-init", async () => {
    assert.equal(await asRoot(world, machine('cloud-init'), 'cat /root/user-data'), 'mine\n');
  });

  it('refuse --engine-env by DockerExtension, which cannot do it, before anything is made', async () => {
    const { code, stderr } = await world.run([
      'create',
      'never',
      '--azure-provisioner',
      'docker-extension',
      '--engine-env',
      'A=b',
    ]);
    assert.equal(code, 2);
    assert.match(stderr, /DockerExtension cannot do what was asked: .*--engine-env/);
    const { machines } = await world.json(['sandbox', 'status']);
    assert.equal(machines.length, ALL.length);
  });

  it('leave the same again when certificates are made anew, however a machine was made', async () => {
    const serials = new Map([...states].map(([how, state]) => [how, JSON.stringify(state.contents['./cert.pem'])]));
    await world.ok(['regenerate-certs', '-f', '--client-certs', ...ALL.map(machine)]);
    states = await statesOfAll(world);
    const { environment: _, ...theirs } = stateBy('docker-extension');
    for (const how of BY_SCRIPT) {
      const { environment, ...ours } = stateBy(how);
      assert.deepEqual(ours, theirs, how);
      for (const pair of ENGINE_ENVIRONMENT) assert.ok(environment.includes(pair), `${pair} by ${how}`);
      assert.equal(JSON.stringify(ours.contents['./cert.pem']), serials.get(how), 'names and usages stay');
    }
    assert.equal(theirs.contents['./ca.pem'], await world.file(machine('ssh'), 'ca.pem'));
  });
});

/** Names of the same length tell nothing apart in sizes, and contain each other nowhere. */
function machine(how: string): string {
  return `m-${how}`;
}

async function statesOfAll(world: World): Promise<Map<string, HostState>> {
  const found = await Promise.all(ALL.map(async (how) => [how, await hostState(world, machine(how))] as const));
  return new Map(found);
}
