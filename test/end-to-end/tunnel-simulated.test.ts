import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { isOpen } from '../sandbox/guests/clients.ts';
import { needs } from '../skip.ts';
import { World } from './azdock.ts';
import { destroyWithTunnels, keeperOf, keepers, killHard, socketOf } from './tunnels.ts';
import { until, WorldSandbox } from './world-sandbox.ts';

describe('a machine with a tunnel, on simulated guests', needs('ps'), () => {
  let world: World;
  let sandbox: WorldSandbox;
  let url: string;

  before(async () => {
    world = await World.create({ AZDOCK_SANDBOX_GUESTS: 'simulated' });
    sandbox = await WorldSandbox.up(world);
    await Promise.all([
      world.ok(['create', '--tunnel', 'dev']),
      world.ok(['create', 'plain'], { env: { AZDOCK_TUNNEL: '' } }),
    ]);
    url = `unix://${socketOf(world, 'dev')}`;
  });
  after(() => destroyWithTunnels(world));

  const list = () => world.json(['ls']).then((rows) => rows.find(({ name }: { name: string }) => name === 'dev'));
  const env = (...more: string[]) => world.ok(['env', '--shell', 'sh', ...more, 'dev']);

  it('opens SSH in its firewall and nothing else, and asks the extension for no port', async () => {
    const address = (await world.ok(['ip', 'dev'])).trim();
    assert.equal(await isOpen(address, 2376), false);
    assert.equal(await isOpen((await world.ok(['ip', 'plain'])).trim(), 2376), true);
    const group = `/resourceGroups/docker-machine/providers/Microsoft.Network/networkSecurityGroups/dev-firewall`;
    const { body } = await sandbox.azure('GET', group);
    const ports = body.properties.securityRules.map(({ properties }: typeof body) => properties.destinationPortRange);
    assert.deepEqual(ports, ['22']);
    const put = (await sandbox.journal()).find(
      ({ method, path }) => method === 'PUT' && /\/dev\/extensions\//.test(path),
    );
    assert.deepEqual(Object.keys(put?.requestBody.properties.settings.docker), ['options']);
  });

  it('is told by its socket everywhere, while nobody has put the tunnel up yet', async () => {
    assert.equal((await world.ok(['url', 'dev'])).trim(), url);
    assert.equal((await world.ok(['status', 'dev'])).trim(), 'Running');
    assert.equal(
      await world.ok(['ls', '--filter', 'name=dev', '--format', '{{.URL}} {{.DockerVersion}}']),
      `${url} No tunnel\n`,
    );
    assert.equal((await list()).docker, null);
    assert.deepEqual(await keepers(world), []);
    assert.match(await world.ok(['tunnel', 'dev', '--status']), /^The tunnel of dev is down\.$/m);
  });

  it('gets its tunnel with env, by one process that lives on, however many ask at once', async () => {
    const texts = await Promise.all([env(), env(), env(), env()]);
    assert.equal(new Set(texts).size, 1);
    const [first = ''] = texts;
    assert.deepEqual(first.split('\n').slice(0, 4), [
      `export DOCKER_HOST="${url}"`,
      'export DOCKER_MACHINE_NAME="dev"',
      'export DOCKER_TLS_VERIFY=""',
      'export DOCKER_CERT_PATH=""',
    ]);
    assert.deepEqual(await keepers(world), [keeperOf(world, 'dev')]);
    const socket = statSync(socketOf(world, 'dev'));
    assert.deepEqual([socket.isSocket(), socket.mode & 0o777], [true, 0o600]);
    assert.equal((await list()).docker, '20.10.0-simulated');
    assert.equal((await world.ok(['status', 'dev'])).trim(), 'Running');
    assert.equal((await world.ok(['version', 'dev'])).trim(), '20.10.0-simulated');
    const active = await world.ok(['active'], { env: { DOCKER_HOST: url } });
    assert.equal(active.trim(), 'dev');
  });

  it('hands nothing secret on to that process', async () => {
    await world.ok(['tunnel', 'dev', '--stop']);
    await world.ok(['env', 'dev'], { env: { AZURE_CLIENT_SECRET: 'hunter2', SHELL: '/bin/sh' } });
    const environment = readFileSync(`/proc/${keeperOf(world, 'dev')}/environ`, 'utf8');
    assert.match(environment, /(^|\0)HOME=/);
    assert.doesNotMatch(environment, /hunter2|AZURE/);
  });

  it('config, exec and a docker context use the socket, without TLS', async () => {
    assert.equal(await world.ok(['config', 'dev']), `-H=${url}\n`);
    const tls = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/nowhere' };
    const { stderr } = await world.run(['config', 'dev'], { env: tls });
    assert.match(stderr, /DOCKER_TLS_VERIFY is set, with which docker cannot use a socket/);
    const words = ['exec', 'dev', '--', 'sh', '-c', 'echo "$DOCKER_HOST $DOCKER_TLS_VERIFY$DOCKER_CERT_PATH"'];
    assert.equal(await world.ok(words, { env: tls }), `${url} \n`);
    assert.match(await world.ok(['context', 'dev']), new RegExp(`points at ${url}\\.`));
    const { set, unset } = await world.json(['env', 'dev']);
    assert.deepEqual(set, { DOCKER_HOST: url, DOCKER_MACHINE_NAME: 'dev' });
    assert.deepEqual(unset, ['DOCKER_TLS_VERIFY', 'DOCKER_CERT_PATH']);
    assert.doesNotMatch(await env('--no-proxy'), /NO_PROXY/);
  });

  it(
    'is reached by the docker command after another machine was, and by its context',
    needs('docker', 'bash'),
    async () => {
      const version = 'docker version --format {{.Server.Version}}';
      for (const evaluated of ['eval "$(azdock env dev)"', 'eval $(azdock env dev)']) {
        const script = ['set -eu', 'eval "$(azdock env plain)"', version, evaluated, version, 'azdock active'].join(
          '\n',
        );
        const { code, stdout, stderr } = await world.program('bash', ['-c', script], { env: { SHELL: '/bin/bash' } });
        assert.deepEqual([code, stdout], [0, '20.10.0-simulated\n20.10.0-simulated\ndev\n'], stderr);
      }
      const byContext = await world.program('docker', [
        '--context',
        'dev',
        'version',
        '--format',
        '{{.Server.Version}}',
      ]);
      assert.equal(byContext.stdout, '20.10.0-simulated\n', byContext.stderr);
    },
  );

  it('gets another process when that one was killed, which takes its socket over', async () => {
    const before = keeperOf(world, 'dev');
    await killHard(before);
    assert.ok(existsSync(socketOf(world, 'dev')), 'it could not tidy up');
    assert.equal((await world.json(['tunnel', 'dev', '--status'])).state, 'down');
    await Promise.all([env(), env()]);
    assert.deepEqual(await keepers(world), [keeperOf(world, 'dev')]);
    assert.notEqual(keeperOf(world, 'dev'), before);
  });

  it('is kept by hand, too: up, its state, and down', async () => {
    const { state, pid, url: told, problem } = await world.json(['tunnel', 'dev']);
    assert.deepEqual([state, pid, told, problem], ['up', keeperOf(world, 'dev'), url, null]);
    const other = await world.run(['tunnel', 'dev', '--foreground']);
    assert.equal(other.code, 2);
    assert.match(other.stderr, /^Another process keeps the tunnel of dev at /);
    assert.equal((await world.json(['tunnel', 'dev', '--stop'])).stopped, true);
    assert.equal((await world.json(['tunnel', 'dev', '--stop'])).stopped, false);
    assert.deepEqual(await keepers(world), []);
    assert.equal(existsSync(socketOf(world, 'dev')), false);
    const { code, stdout, stderr } = await world.run(['tunnel', 'plain', '--status']);
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^plain has no tunnel: its engine is reached by a port\./);
  });

  it('keeps it in the foreground until interrupted, and tells what happens', async () => {
    const child = world.start(['tunnel', 'dev', '--foreground']);
    let told = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      told += text;
    });
    for await (const chunk of child.stdout?.setEncoding('utf8') ?? []) {
      assert.equal(chunk, `${url}\n`);
      child.kill('SIGINT');
    }
    assert.match(told, /dev: connected to \S+ port \d+ as docker-user/);
    assert.match(told, /dev: ends: it was told to/);
    assert.equal(existsSync(socketOf(world, 'dev')), false);
  });

  it('loses its tunnel when it is stopped, of which env says why; a restart brings it back', async () => {
    await env();
    await world.ok(['stop', 'dev']);
    assert.deepEqual(await keepers(world), []);
    const { code, stdout, stderr } = await world.run(['env', 'dev']);
    assert.deepEqual([code, stdout], [1, '']);
    assert.match(
      stderr,
      /^dev cannot be reached through SSH: .*connection refused\. Azure says the VM is deallocated\.$/m,
    );
    assert.match(stderr, /azdock start dev/);
    assert.deepEqual(await keepers(world), []);
    await world.ok(['start', 'dev']);
    await env();
    const before = keeperOf(world, 'dev');
    await world.ok(['restart', 'dev']);
    assert.notEqual(keeperOf(world, 'dev'), before);
    assert.equal((await world.json(['tunnel', 'dev', '--status'])).state, 'up');
    const { started } = await world.json(['restart', 'dev']).then(({ restarted }) => ({ started: restarted }));
    assert.equal(started[0].url, url);
  });

  it(
    'connects by itself to the host that comes back, and tells docker meanwhile why it does not',
    needs('docker'),
    async () => {
      const docker = () =>
        world.program('docker', ['version', '--format', '{{.Server.Version}}'], { env: { DOCKER_HOST: url } });
      const vm = '/resourceGroups/docker-machine/providers/Microsoft.Compute/virtualMachines/dev';
      await sandbox.azure('POST', `${vm}/powerOff`);
      const off = await docker();
      assert.notEqual(off.code, 0);
      assert.match(off.stderr, /dev cannot be reached through SSH: .*connection refused/);
      assert.equal((await world.json(['tunnel', 'dev', '--status'])).state, 'broken');
      assert.match((await list()).error ?? '', /^$/, 'Azure says that it is off');
      await sandbox.azure('POST', `${vm}/start`);
      await until(async () => (await docker()).stdout === '20.10.0-simulated\n');
    },
  );

  it('gives no client to a host that shows another key', async () => {
    await world.ok(['tunnel', 'dev', '--stop']);
    const file = join(world.store, 'machines', 'dev', 'azdock.json');
    const sidecar = readFileSync(file, 'utf8');
    const other = JSON.parse(await world.file('plain', 'azdock.json')).hostKey;
    writeFileSync(file, JSON.stringify({ ...JSON.parse(sidecar), hostKey: other }));
    const { code, stdout, stderr } = await world.run(['env', 'dev']);
    writeFileSync(file, sidecar);
    assert.deepEqual([code, stdout], [10, '']);
    assert.match(stderr, /^dev answers with another SSH host key than the one pinned for it\./);
  });

  it('new certificates and another provisioning leave it without a port', async () => {
    await world.ok(['regenerate-certs', '-f', 'dev']);
    assert.match(await world.ok(['provision', 'dev']), new RegExp(`^dev is running Docker \\S+ at ${url}\\.$`, 'm'));
    assert.equal(await isOpen((await world.ok(['ip', 'dev'])).trim(), 2376), false);
  });

  it('is removed with its tunnel', async () => {
    await env();
    await world.ok(['rm', '-y', 'dev']);
    assert.deepEqual(await keepers(world), []);
    assert.equal(existsSync(join(world.store, 'machines', 'dev')), false);
  });
});
