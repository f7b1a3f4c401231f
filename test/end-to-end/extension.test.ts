import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { preloadBusybox } from './busybox-image.ts';
import { dockerOk } from './engine.ts';
import { asRoot } from './host.ts';

const ALL = ['docker-extension', 'custom-script', 'cloud-init', 'ssh'] as const;
const STAY = ['plain', 'compose_web_1'];

const composeFile = (second: string) => `version: '2.4'
services:
  web:
    image: busybox
    command: /busybox sleep 3600
    stop_grace_period: 0s
    environment: [GREETING]
  ${second}:
    image: busybox
    command: /busybox sleep 3600
    stop_grace_period: 0s
    environment: [TOKEN]
`;

describe('extension', needs(...linuxGuests, 'docker', 'docker-compose', 'busybox'), () => {
  let world: World;
  let atFirst: Map<string, string>;

  before(async () => {
    world = await World.create(LINUX);
    preloadBusybox(world);
    await writeFile(join(world.directory, 'compose.yaml'), composeFile('other'));
    await writeFile(join(world.directory, 'next.yaml'), composeFile('third'));
    const flags = ['--compose', 'compose.yaml', '--compose-env', 'GREETING=hello', '--engine-label', 'keep=me'];
    await Promise.all(ALL.map((how) => world.ok(['create', machine(how), '--azure-provisioner', how, ...flags])));
    await Promise.all(
      ALL.map((how) =>
        dockerOk(world, machine(how), [
          'run',
          '-d',
          '--stop-timeout',
          '0',
          '--name',
          'plain',
          'busybox',
          '/busybox',
          'sleep',
          '3600',
        ]),
      ),
    );
    atFirst = new Map(await Promise.all(ALL.map(async (how) => [how, await lives(how)] as const)));
  });
  after(() => world?.destroy());

  /** Ids, starts and processes: a container that was stopped and started again has another start and process. */
  const lives = (how: string) =>
    dockerOk(world, machine(how), ['inspect', '-f', '{{.Id}} {{.State.StartedAt}} {{.State.Pid}}', ...STAY]);
  const stayed = async (how: string) => assert.equal(await lives(how), atFirst.get(how), how);
  const infoOf = async (how: string) => JSON.parse(await dockerOk(world, machine(how), ['info', '-f', '{{json .}}']));
  const names = async (how: string) =>
    (await dockerOk(world, machine(how), ['ps', '--format', '{{.Names}}'])).split('\n').sort();
  const set = (how: string, ...flags: string[]) => world.json(['extension', machine(how), 'set', ...flags]);

  it('shows what Azure or the host reports, whichever provisioner it was', async () => {
    const shown = new Map(
      await Promise.all(ALL.map(async (how) => [how, await world.json(['extension', machine(how), 'show'])] as const)),
    );
    assert.equal(shown.get('docker-extension').extension.message, 'Enable Docker succeeded');
    assert.equal(shown.get('docker-extension').extension.handlerVersion, '1.2.2');
    assert.deepEqual(shown.get('docker-extension').extension.settings['compose-environment'], { GREETING: 'hello' });
    assert.match(shown.get('custom-script').extension.stdout, /^azdock: engine ready$/m);
    assert.equal(shown.get('custom-script').extension.handlerStatus, 'Ready');
    for (const how of ['cloud-init', 'ssh'] as const) {
      const { provisioner, extension, host } = shown.get(how);
      assert.deepEqual([provisioner, extension, host.lastRun.state, host.engine.state], [how, null, 'ready', 'active']);
      assert.ok(host.engine.arguments.includes('--label=keep=me'));
    }
    assert.equal(shown.get('cloud-init').host.cloudInit.status, 'done');
    assert.match(shown.get('cloud-init').host.cloudInit.output.join('\n'), /azdock: engine ready/);
    const text = await world.ok(['extension', 'show', machine('custom-script')]);
    assert.match(text, /^Output\n(?: {2}.*\n)* {2}azdock: engine ready$/m);
  });

  /** The same for all four at once. */
  const each = (work: (how: (typeof ALL)[number]) => Promise<void>) => () => Promise.all(ALL.map(work)).then(() => {});

  it(
    'changes the engine and keeps containers, by each provisioner',
    each(async (how) => {
      const flags = ['--engine-label', 'stage=test', '--docker-option', 'log-driver=journald', '--new-certificate'];
      const { changed, provisioner } = await set(how, ...flags, '--tls-san', 'engine.test');
      assert.deepEqual(changed, ['docker-option', 'engine-label', 'tls-san', 'new-certificate']);
      assert.equal(provisioner, how);
      const { Labels, LoggingDriver, LiveRestoreEnabled } = await infoOf(how);
      for (const label of ['keep=me', 'stage=test']) assert.ok(Labels.includes(label), label);
      assert.deepEqual([LoggingDriver, LiveRestoreEnabled], ['journald', false]);
      await stayed(how);
      await world.ok(['env', machine(how)]);
      const record = JSON.parse(await world.file(machine(how), 'config.json')).HostOptions;
      assert.deepEqual(record.EngineOptions.Labels, ['keep=me', 'stage=test']);
      assert.deepEqual(record.AuthOptions.ServerCertSANs, ['engine.test']);
      assert.equal(await asRoot(world, machine(how), 'ls /etc/docker/daemon.json 2>&1 || :; ls /var/lib/azdock'), LEFT);
    }),
  );

  it(
    'changes the compose file, and leaves alone what is the same in both',
    each(async (how) => {
      const flags = ['--compose', 'next.yaml', '--compose-secret-env', 'TOKEN', '--unset', 'engine-label=stage'];
      await world.ok(['extension', machine(how), 'set', ...flags], { env: { TOKEN: 'sesame' } });
      assert.deepEqual(await names(how), ['compose_third_1', 'compose_web_1', 'plain']);
      await stayed(how);
      const environment = await dockerOk(world, machine(how), ['exec', 'compose_third_1', '/busybox', 'env']);
      assert.match(environment, /^TOKEN=sesame$/m);
      assert.ok(!(await infoOf(how)).Labels.includes('stage=test'));
      assert.doesNotMatch(await world.file(machine(how), 'azdock.json'), /sesame/);
    }),
  );

  it(
    'refuses an option that the engine does not know, and changes nothing',
    each(async (how) => {
      const before = await infoOf(how);
      const { code, stderr } = await world.run(['extension', machine(how), 'set', '--docker-option', 'no-such-option']);
      assert.equal(code, 1);
      assert.match(stderr, /the engine does not take this: unknown flag: --no-such-option/);
      assert.match(stderr, new RegExp(`azdock provision ${machine(how)}`));
      assert.deepEqual((await infoOf(how)).Labels, before.Labels);
      await stayed(how);
    }),
  );

  it('keeps containers while an engine does not start, and provision puts the engine back', {
    timeout: 60_000,
  }, async () => {
    const how = 'ssh';
    const { code, stderr } = await world.run([
      'extension',
      machine(how),
      'set',
      '--docker-option',
      'storage-opt=x.y=z',
    ]);
    assert.equal(code, 1);
    assert.match(stderr, /the engine does not start/);
    assert.equal((await asRoot(world, machine(how), 'pgrep -fc "^/busybox sleep 3600"')).trim(), '3');
    await world.ok(['provision', machine(how)]);
    await stayed(how);
  });

  it(
    'takes the extension off, and engine and containers stay',
    each(async (how) => {
      const { removed } = await world.json(['extension', machine(how), 'remove', '-y']);
      const own: Readonly<Partial<Record<string, string[]>>> = {
        'docker-extension': ['DockerExtension'],
        'custom-script': ['CustomScript'],
      };
      assert.deepEqual(removed, own[how] ?? []);
      await stayed(how);
      const { extension, provisioner } = await world.json(['extension', machine(how), 'show']);
      assert.deepEqual([extension, provisioner], [null, how === 'cloud-init' ? 'cloud-init' : 'ssh']);
      assert.ok((await infoOf(how)).Labels.includes('keep=me'));
    }),
  );

  it('stops containers where that is asked for', async () => {
    const how = 'cloud-init';
    await set(how, '--engine-label', 'more=yes', '--restart-containers');
    // None has a restart policy, and the compose project waits for its secret.
    assert.deepEqual(await names(how), ['']);
  });

  it('with --purge leaves the engine as its package has it, without its compose project, and provision brings it back', async () => {
    const how = 'docker-extension';
    await world.ok(['extension', machine(how), 'remove', '--purge', '-y']);
    const kept = "docker inspect -f '{{.Id}} {{.State.StartedAt}} {{.State.Pid}}' $(docker ps -q)";
    assert.equal((await asRoot(world, machine(how), kept)).trim(), atFirst.get(how)?.split('\n')[0]);
    const state = 'ls /etc/docker/*.pem 2>&1; systemctl show docker -p ExecStart';
    assert.doesNotMatch(await asRoot(world, machine(how), state), /tlsverify|^.*\.pem$/m);
    await world.ok(['provision', machine(how)]);
    assert.ok((await infoOf(how)).Labels.includes('keep=me'));
  });
});

/** No daemon.json, and nothing that waits to be put right. */
const LEFT = "ls: cannot access '/etc/docker/daemon.json': No such file or directory\nlock\nprovision.state\n";

function machine(how: string): string {
  return `m-${how}`;
}
