import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { collect, type Result, World } from './azdock.ts';
import { DockerMachine, RUNNER_FLAG } from './docker-machine.ts';
import { until, WorldSandbox } from './world-sandbox.ts';

/** GitLab Runner's names: token, template, time, eight hexadecimal digits. */
const nameOf = (at: number): string => `runner-abcd1234-auto-scale-1700000000-1a2b3c4${at.toString(16)}`;

/** `MachineOptions` as users write them: `key=value` in one word, repeated keys, booleans bare or with a value. */
const OPTIONS = [
  ['azure-size', 'Standard_B2s_v2'],
  ['azure-open-port', '80'],
  ['azure-open-port', '443/udp'],
  ['engine-label', 'pool=ci'],
  ['engine-registry-mirror', 'https://mirror.example'],
].map(([key, value]) => `--${key}=${value}`);
const BOOLEANS = ['--azure-static-public-ip', '--azure-use-private-ip=false'];

const createWords = (name: string, ...more: readonly string[]): readonly string[] => [
  'create',
  '--driver',
  'azure',
  ...OPTIONS,
  ...BOOLEANS,
  ...more,
  name,
];

describe('GitLab Runner’s calls', () => {
  let world: World;
  let sandbox: WorldSandbox;
  let machines: string;
  let dockerMachine: DockerMachine;
  const directory = (name: string): string => join(machines, name);
  /** The runner looks for the file, then for the exit code. */
  const exists = async (name: string): Promise<boolean> =>
    existsSync(join(directory(name), 'config.json')) && (await dockerMachine.byRunner('inspect', name)).code === 0;
  /** Trimmed stdout of a call that has to succeed, say something, and be silent on stderr. */
  const answer = async (...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await dockerMachine.byRunner(...args);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, args.join(' '));
    assert.match(stdout, /^\S[^\n]*\n$/, `one line: ${args.join(' ')}`);
    return stdout.trim();
  };
  const belongingTo = async (name: string): Promise<string[]> =>
    (await sandbox.resourcesIn('docker-machine')).filter((id) => id.includes(name));

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    machines = join(world.store, 'machines');
    sandbox = await WorldSandbox.up(world);
    dockerMachine = new DockerMachine(world);
  });
  after(() => world?.destroy());

  const names = Array.from({ length: 8 }, (_none, at) => nameOf(at));

  test('eight creations at once on a store that is not there yet share one CA and all succeed', async () => {
    assert.ok(!existsSync(world.store));
    const runs = await Promise.all(names.map((name) => dockerMachine.byRunner(...createWords(name))));
    for (const [at, { code, stdout, stderr }] of runs.entries()) {
      assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, stdout);
      assert.match(stdout, /^Running pre-create checks\.\.\.$/m);
      assert.match(stdout, /^Creating machine\.\.\.$/m);
      assert.equal(
        stdout.trimEnd().split('\n').at(-1),
        `To see how to connect your Docker Client to the Docker Engine running on this virtual machine, run: docker-machine env ${names[at]}`,
      );
    }
    const ca = readFileSync(join(world.store, 'certs', 'ca.pem'), 'utf8');
    for (const name of names) assert.equal(readFileSync(join(directory(name), 'ca.pem'), 'utf8'), ca);
  });

  test('its list of machines is the folder itself, and metrics come from the records', () => {
    const found = readdirSync(machines, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
    );
    assert.deepEqual(found.map((entry) => entry.name).sort(), names);
    for (const name of names) {
      const record = JSON.parse(readFileSync(join(directory(name), 'config.json'), 'utf8'));
      assert.equal(record.DriverName, 'azure');
      assert.deepEqual(record.Driver.OpenPorts, ['80', '443/udp']);
      assert.deepEqual(record.HostOptions.EngineOptions.Labels, ['pool=ci']);
      assert.equal(record.Driver.UsePrivateIP, false);
    }
  });

  test('a machine can be used: config, url, certificates, ip, status', async () => {
    const [name = ''] = names;
    const { code, stderr } = await dockerMachine.byRunner('config', name);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' });
    const url = await answer('url', name);
    const store = await answer('inspect', name, '-f', '{{.HostOptions.AuthOptions.StorePath}}');
    assert.equal(store, directory(name));
    for (const file of ['ca.pem', 'cert.pem', 'key.pem']) assert.ok(existsSync(join(store, file)), file);
    assert.equal(url, `tcp://${await answer('ip', name)}:2376`);
    assert.equal(await answer('status', name), 'Running');
    const provisioned = await dockerMachine.byRunner('provision', name);
    assert.deepEqual({ code: provisioned.code, stderr: provisioned.stderr }, { code: 0, stderr: '' });
    assert.ok(await exists(name));
  });

  test('a machine that does not exist answers every question with 1, nothing on stdout, and the original’s sentence', async () => {
    const sentence =
      'Docker machine "gone" does not exist. Use "docker-machine ls" to list machines. Use "docker-machine create" to add a new one.\n';
    for (const verb of ['config', 'url', 'inspect', 'ip', 'status', 'stop', 'provision']) {
      const { code, stdout, stderr } = await dockerMachine.byRunner(verb, 'gone');
      assert.deepEqual({ code, stdout, stderr }, { code: 1, stdout: '', stderr: sentence }, verb);
    }
  });

  test('stop, then rm -y: the machine is gone from the disk and from Azure', async () => {
    const [name = ''] = names;
    const stopped = await dockerMachine.byRunner('stop', name);
    assert.deepEqual({ code: stopped.code, stderr: stopped.stderr }, { code: 0, stderr: '' });
    assert.match(stopped.stdout, new RegExp(`^Machine "${name}" was stopped\\.$`, 'm'));
    const again = await dockerMachine.byRunner('stop', name);
    assert.equal(again.code, 1);
    assert.match(again.stderr, new RegExp(`^Machine "${name}" is already stopped\\.$`, 'm'));
    const config = await dockerMachine.byRunner('config', name);
    assert.deepEqual({ code: config.code, stdout: config.stdout }, { code: 1, stdout: '' });
    assert.match(config.stderr, /^Error running connection boilerplate: /);
    const removed = await dockerMachine.byRunner('rm', '-y', name);
    assert.deepEqual({ code: removed.code, stderr: removed.stderr }, { code: 0, stderr: '' });
    assert.ok(removed.stdout.startsWith(`About to remove ${name}\nWARNING: This action will delete both `));
    assert.match(removed.stdout, new RegExp(`^Successfully removed ${name}$`, 'm'));
    assert.equal(await exists(name), false);
    assert.deepEqual(await belongingTo(name), []);
  });

  test('eight removals at once succeed', async () => {
    const rest = names.slice(1);
    const runs = await Promise.all(rest.map((name) => dockerMachine.byRunner('rm', '-y', name)));
    for (const { code, stdout, stderr } of runs) assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, stdout);
    assert.deepEqual(readdirSync(machines), []);
    assert.deepEqual(await sandbox.counts(), {});
  });

  test('a creation that a check forbids ends with 3 and leaves nothing to remove', async () => {
    const name = nameOf(9);
    const { code, stderr } = await dockerMachine.byRunner(...createWords(name, '--azure-size=Standard_None'));
    assert.equal(code, 3);
    assert.match(stderr, /^Error with pre-create check: "/);
    assert.ok(!existsSync(directory(name)));
    assert.deepEqual(await sandbox.counts(), {});
  });

  test('a creation that fails in Azure ends with 1, its record is there, and rm -y removes what there is', async () => {
    const name = nameOf(10);
    const failed = await dockerMachine.byRunner(...createWords(name, '--azure-size=Standard_E2s_v5'));
    assert.equal(failed.code, 1);
    assert.match(failed.stderr, /^Error creating machine: .*SkuNotAvailable/);
    assert.ok(await exists(name), 'without this the runner would not remove it');
    await removeAsRunner(name);
  });

  for (const [moment, path, when] of [
    ['while the network is made', 'publicIPAddresses', true],
    ['before the VM is asked for', 'virtualMachines/[^/]+$', true],
    ['after the VM was asked for', 'virtualMachines/[^/]+$', 'after'],
    ['while Docker is installed', '/extensions/', true],
  ] as const) {
    test(`killed ${moment}, stop and rm -y leave nothing`, async () => {
      const name = nameOf(11);
      const id = await sandbox.arm({ method: 'PUT', path, action: { hold: when } });
      const child = dockerMachine.start([RUNNER_FLAG, ...createWords(name)]);
      const ended = collect(child);
      await until(async () => ((await sandbox.fault(id))?.waiting ?? 0) > 0, notBefore(ended));
      child.kill('SIGKILL');
      assert.equal((await ended).signal, 'SIGKILL');
      await sandbox.disarm(id);
      assert.ok(await exists(name));
      await removeAsRunner(name);
    });
  }

  test('a removal that Azure refuses ends with 1 and keeps the machine; rm -f gives it up and ends with 0', async () => {
    const name = nameOf(12);
    assert.equal((await dockerMachine.byRunner(...createWords(name))).code, 0);
    const action = { status: 403, code: 'AuthorizationFailed', message: 'not yours' };
    const id = await sandbox.arm({ method: 'DELETE', path: '/virtualMachines/', times: 0, action });
    const refused = await dockerMachine.byRunner('rm', '-y', name);
    assert.equal(refused.code, 1);
    assert.match(refused.stderr, /AuthorizationFailed/);
    assert.ok(await exists(name));
    const forced = await dockerMachine.byRunner('rm', '-f', name);
    assert.equal(forced.code, 0);
    assert.match(forced.stderr, /left in Azure: virtual machine/);
    assert.match(forced.stdout, new RegExp(`^Successfully removed ${name}$`, 'm'));
    assert.ok(!existsSync(directory(name)));
    await sandbox.disarm(id);
  });

  test('rm -f removes a machine whose record is broken', async () => {
    const name = nameOf(13);
    assert.equal((await dockerMachine.byRunner(...createWords(name))).code, 0);
    writeFileSync(join(directory(name), 'config.json'), '{"ConfigVersion": 3,');
    assert.equal((await dockerMachine.byRunner('rm', '-y', name)).code, 1);
    assert.ok(existsSync(directory(name)));
    assert.equal((await dockerMachine.byRunner('rm', '-f', name)).code, 0);
    assert.ok(!existsSync(directory(name)));
  });

  /** What the runner does with a machine it gives up: stop, whose failure it only logs, then rm. */
  async function removeAsRunner(name: string): Promise<void> {
    await dockerMachine.byRunner('stop', name);
    const { code, stdout, stderr } = await dockerMachine.byRunner('rm', '-y', name);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: '' }, stdout);
    assert.ok(!existsSync(directory(name)));
    assert.deepEqual(await belongingTo(name), []);
    assert.deepEqual(await sandbox.counts(), {});
  }
});

/** Rejects when a process ends that should have been killed. */
async function notBefore(ended: Promise<Result>): Promise<never> {
  const { code, stdout, stderr } = await ended;
  throw new Error(`it ended by itself with ${code}\n${stdout}\n${stderr}`);
}
