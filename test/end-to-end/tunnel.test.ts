import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { isOpen } from '../sandbox/guests/clients.ts';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { preloadBusybox } from './busybox-image.ts';
import { asRoot, onHost } from './host.ts';
import { destroyWithTunnels, keeperOf, keepers, killHard, socketOf } from './tunnels.ts';

/** Ports at which a host listens for others than itself. */
const LISTENERS = "ss -Hltn | awk '{ print $4 }' | grep -v '^127\\.' | sed 's/.*://' | sort -nu";

describe(
  'machines with a tunnel, on real hosts',
  needs(...linuxGuests, 'docker', 'bash', 'busybox', 'ss', 'ps'),
  () => {
    const provisioners = ['docker-extension', 'custom-script', 'cloud-init', 'ssh'];
    let world: World;

    before(async () => {
      world = await World.create({ ...LINUX, AZDOCK_TUNNEL: '1' });
      preloadBusybox(world);
      await world.ok(['sandbox', 'up']);
      await Promise.all(provisioners.map((name) => world.ok(['create', '--azure-provisioner', name, name])));
    });
    after(() => destroyWithTunnels(world));

    const docker = (machine: string, args: readonly string[], input = '') =>
      world.program('docker', args, { env: { DOCKER_HOST: `unix://${socketOf(world, machine)}` }, input });

    for (const name of provisioners) {
      it(`by ${name}: the host listens at SSH only, seen from within and from outside, and docker works through it`, async () => {
        assert.equal(await asRoot(world, name, LISTENERS), '22\n');
        assert.match(await asRoot(world, name, 'tr "\\0" "\\n" </proc/$(pidof dockerd)/cmdline'), /^--tlsverify$/m);
        const address = (await world.ok(['ip', name])).trim();
        assert.deepEqual([await isOpen(address, 22), await isOpen(address, 2376)], [true, false]);
        const script = [
          'set -eu',
          'eval "$(azdock env "$0")"',
          'echo "to a container" | docker run --rm -i busybox /busybox cat',
        ].join('\n');
        const env = { SHELL: '/bin/bash' };
        const { code, stdout, stderr } = await world.program('bash', ['-c', script, name], { env });
        assert.deepEqual([code, stdout], [0, 'to a container\n'], stderr);
      });
    }

    it('carries much in both directions, and many at once', async () => {
      const much = 'all work and no play\n'.repeat(200_000);
      const back = await docker('ssh', ['run', '--rm', '-i', 'busybox', '/busybox', 'cat'], much);
      assert.equal(back.stdout, much, back.stderr);
      const numbers = Array.from({ length: 6 }, (_, index) => String(index));
      const echoes = await Promise.all(
        numbers.map((n) => docker('ssh', ['run', '--rm', 'busybox', '/busybox', 'echo', n])),
      );
      assert.deepEqual(
        echoes.map(({ stdout }) => stdout.trim()),
        numbers,
      );
      const mine = `sport = :22 and dst ${(await onHost(world, 'ssh', 'echo $SSH_CLIENT')).split(' ')[0]}`;
      const connections = await asRoot(world, 'ssh', `ss -Htn state established '( ${mine} )' | wc -l`);
      assert.ok(Number(connections) <= 2, `one connection, and the one that counts them: ${connections}`);
    });

    it('a process that was killed is replaced by env, and docker goes on', async () => {
      await killHard(keeperOf(world, 'ssh'));
      assert.notEqual((await docker('ssh', ['version'])).code, 0);
      await Promise.all([world.ok(['env', '--shell', 'sh', 'ssh']), world.ok(['config', 'ssh'])]);
      assert.equal((await docker('ssh', ['version'])).code, 0);
      assert.equal((await keepers(world)).length, provisioners.length);
    });

    it('docker waits for a host that reboots behind azdock, and is served by the same process', async () => {
      const before = keeperOf(world, 'cloud-init');
      const boot = () => onHost(world, 'cloud-init', 'cat /proc/sys/kernel/random/boot_id');
      const first = await boot();
      // The connection ends before the command does.
      await onHost(world, 'cloud-init', 'sudo systemctl reboot').catch(() => {});
      const { code, stderr } = await docker('cloud-init', ['version']);
      assert.equal(code, 0, stderr);
      assert.notEqual(await boot(), first);
      assert.equal(keeperOf(world, 'cloud-init'), before);
    });

    it('says which of the ways to the engine is closed', async () => {
      await world.ok(['tunnel', 'ssh', '--stop']);
      await asRoot(world, 'ssh', 'gpasswd -d docker-user docker');
      const denied = await world.run(['env', 'ssh']);
      assert.deepEqual([denied.code, denied.stdout], [1, '']);
      assert.match(denied.stderr, /docker-user may not use \/var\/run\/docker\.sock there, or is not in group docker/);
      assert.match(denied.stderr, /azdock provision ssh/);
      await world.ok(['provision', 'ssh']);
      const sshd = '/etc/ssh/sshd_config';
      await asRoot(world, 'ssh', `echo 'AllowStreamLocalForwarding no' >>${sshd} && systemctl restart ssh`);
      const closed = await world.run(['env', 'ssh']);
      assert.equal(closed.code, 1);
      assert.match(closed.stderr, /does not connect to sockets \(AllowStreamLocalForwarding in sshd_config\)/);
      await asRoot(world, 'ssh', `sed -i /^AllowStreamLocal/d ${sshd} && systemctl restart ssh`);
      await world.ok(['env', 'ssh']);
    });

    it('new certificates leave the engine without a port', async () => {
      await world.ok(['regenerate-certs', '-f', 'docker-extension', 'custom-script']);
      for (const name of ['docker-extension', 'custom-script'])
        assert.equal(await asRoot(world, name, LISTENERS), '22\n');
      assert.equal((await docker('docker-extension', ['version'])).code, 0);
    });

    it('a host that is there can have one, too', async () => {
      const address = (await world.ok(['ip', 'ssh'])).trim();
      const key = join(world.store, 'machines', 'ssh', 'id_rsa');
      const host = ['--generic-ip-address', address, '--generic-ssh-user', 'docker-user', '--generic-ssh-key', key];
      const made = await world.ok(['create', '--driver', 'generic', ...host, 'box']);
      assert.match(made, /^box is running Docker \S+ at unix:\/\/\S+\/box\/docker\.sock after/);
      assert.equal(await asRoot(world, 'box', LISTENERS), '22\n');
      await world.ok(['env', 'box']);
      assert.match((await docker('box', ['info', '-f', '{{.Labels}}'])).stdout, /provider=generic/);
      await world.ok(['rm', '-y', 'box']);
    });

    it('with the machines go their tunnels', async () => {
      await world.ok(['rm', '-y', ...provisioners]);
      assert.deepEqual(await keepers(world), []);
    });
  },
);
