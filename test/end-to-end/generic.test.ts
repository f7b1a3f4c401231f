import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { linuxGuests, needs } from '../skip.ts';
import { collect, LINUX, type Result, World } from './azdock.ts';
import { busyboxFolder } from './busybox-image.ts';
import { dockerOk, machineFolder } from './engine.ts';
import { asRoot, onHost } from './host.ts';
import { until } from './world-sandbox.ts';

const HOST_KEY = '/etc/ssh/ssh_host_ed25519_key';

/** A guest that another store made is "the user's own host" here; the machines are in the store of the world. */
describe('a machine on a host that is there', needs(...linuxGuests, 'docker', 'busybox'), () => {
  let world: World;
  let address: string;
  let key: string;

  before(async () => {
    world = await World.create(LINUX);
    await world.ok(['create', 'own', '--azure-provisioner', 'ssh', '--azure-open-port', '2222']);
    address = (await world.ok(['ip', 'own'])).trim();
    key = join(machineFolder(world, 'own'), 'id_rsa');
  });
  after(() => world?.destroy());

  const flags = (more: Record<string, string> = {}): string[] => {
    const given = { 'ip-address': address, 'ssh-user': 'docker-user', 'ssh-key': key, ...more };
    return Object.entries(given).flatMap(([name, value]) => [`--generic-${name}`, value]);
  };
  const create = (name: string, more?: Record<string, string>): Promise<Result> =>
    world.run(['create', '-d', 'generic', ...flags(more), name]);
  const hasMachine = (name: string) => readdirSync(join(world.store, 'machines')).includes(name);
  const host = (script: string) => asRoot(world, 'own', script);

  it('is made over SSH, and a container runs there', async () => {
    const { code, stdout, stderr } = await create('box');
    assert.equal(code, 0, stderr);
    assert.match(stdout, new RegExp(`^box is running Docker \\S+ at tcp://${address}:2376 after`));
    const image = `tar -C ${busyboxFolder()} -c busybox | docker $(azdock config box) import - tiny`;
    assert.equal((await world.program('bash', ['-c', image])).code, 0);
    assert.equal(await dockerOk(world, 'box', ['run', '--rm', 'tiny', '/busybox', 'echo', 'here']), 'here');
    assert.match(await dockerOk(world, 'box', ['info', '-f', '{{.Labels}}']), /provider=generic/);
  });

  it('has a private copy of the key, and a record as docker-machine writes it', async () => {
    const folder = machineFolder(world, 'box');
    const { Driver: driver } = JSON.parse(await world.file('box', 'config.json'));
    assert.deepEqual(
      [driver.IPAddress, driver.SSHUser, driver.SSHPort, driver.EnginePort, driver.SSHKey, driver.SSHKeyPath],
      [address, 'docker-user', 22, 2376, key, join(folder, 'id_rsa')],
    );
    for (const file of ['id_rsa', 'id_rsa.pub']) assert.equal(statSync(join(folder, file)).mode & 0o777, 0o600, file);
    assert.equal(await world.file('box', 'id_rsa'), await world.file('own', 'id_rsa'));
    const { hostKey } = JSON.parse(await world.file('box', 'azdock.json'));
    assert.ok((await host(`cat ${HOST_KEY}.pub`)).startsWith(hostKey));
  });

  it('is gone on with when its engine did not start, as it was asked for but for what is typed now', async () => {
    const wrong = ['--engine-opt', 'no-such-flag', '--engine-label', 'kept=yes'];
    const failed = await world.run(['create', '-d', 'generic', '--no-rollback', ...flags(), ...wrong, 'late']);
    assert.equal(failed.code, 1, failed.stderr);
    assert.match(failed.stderr, /azdock create late --resume$/m);
    const before = await world.file('late', 'server.pem');
    await world.ok(['create', 'late', '--resume', '--engine-opt', 'debug']);
    assert.equal(await world.file('late', 'server.pem'), before);
    assert.match(await dockerOk(world, 'late', ['info', '-f', '{{.Labels}}']), /kept=yes/);
    await world.ok(['rm', '-y', 'late']);
  });

  it('can be made a second time: the host is set up again, and the first one goes on', async () => {
    const names = await onHost(world, 'own', 'hostname');
    assert.equal((await create('again')).code, 0);
    assert.equal(await onHost(world, 'own', 'hostname'), names, 'the name of the host is not ours to change');
    await world.ok(['config', 'box']);
    await world.ok(['config', 'again']);
    await world.ok(['rm', '-y', 'again']);
    await world.ok(['config', 'box']);
  });

  it('restarts for real', async () => {
    const boot = () => onHost(world, 'own', 'cat /proc/sys/kernel/random/boot_id');
    const before = await boot();
    await world.ok(['restart', 'box']);
    assert.notEqual(await boot(), before);
    await world.ok(['config', 'box']);
  });

  it('gets new certificates, also when docker-machine made it and left a key that all can read', async () => {
    const dropIn = '/etc/systemd/system/docker.service.d/10-machine.conf';
    const made = [
      'cd /etc/docker && cp cert.pem server.pem && cp key.pem server-key.pem && chmod 644 server-key.pem && rm cert.pem key.pem',
      `sed -i "s,docker/cert.pem,docker/server.pem,;s,docker/key.pem,docker/server-key.pem,;s,--label=azdock[^ ]*,," ${dropIn}`,
      'systemctl daemon-reload && systemctl restart docker',
    ];
    await host(made.join('\n'));
    rmSync(join(machineFolder(world, 'box'), 'azdock.json'));
    await world.ok(['config', 'box']);
    await world.ok(['regenerate-certs', '-f', 'box']);
    await world.ok(['config', 'box']);
    assert.match(await host(`cat ${dropIn}`), /--tlscert=\/etc\/docker\/cert\.pem/);
    assert.equal((await host('stat -c %a /etc/docker/server-key.pem /etc/docker/key.pem')).trim(), '600\n600');
    assert.match(JSON.parse(await world.file('box', 'azdock.json')).hostKey, /^ssh-ed25519 /);
  });

  it('is not made when the host lets nobody in with the key, and nothing is left', async () => {
    const other = join(world.directory, 'other');
    await world.program('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', other]);
    const refused = await create('wrong', { 'ssh-key': other });
    assert.equal(refused.code, 3, refused.stderr);
    assert.match(refused.stderr, new RegExp(`^${address} does not let docker-user in with the key ${other}\\.$`, 'm'));
    const missing = await create('wrong', { 'ssh-key': '/nope' });
    assert.deepEqual([missing.code, /^SSH key does not exist: "\/nope"$/m.test(missing.stderr)], [3, true]);
    const own = await world.run(['create', '-d', 'generic', '--generic-ip-address', address, 'wrong']);
    assert.equal(own.code, 3);
    assert.match(own.stderr, /does not let root in with the keys of your SSH agent and in ~\/\.ssh\.$/m);
    assert.ok(!hasMachine('wrong'));
  });

  it('is not made when its user may not use sudo, in the host’s own words', async () => {
    await host('useradd -m plain; cp -r ~docker-user/.ssh ~plain/; chown -R plain ~plain/.ssh');
    const { code, stderr } = await create('plain', { 'ssh-user': 'plain' });
    assert.equal(code, 3, stderr);
    assert.match(
      stderr,
      /^azdock works as root on \S+, and plain has to be able to use sudo without a password \(the host says: .+\)\.$/m,
    );
    assert.match(stderr, /plain ALL=\(ALL\) NOPASSWD: ALL/);
    assert.ok(!hasMachine('plain'));
  });

  it('is not made on a distribution without a way to Docker, which is named with those that have one', async () => {
    const both = 'for d in /usr/bin /usr/sbin; do [ ! -e $d/$1 ] || mv $d/$1 $d/$2; done';
    const move = (from: string, to: string) => `set -- ${from} ${to}; ${both}`;
    await host(`${move('dockerd', 'away')}; cp -P /etc/os-release /root/; rm /etc/os-release`);
    await host('printf "ID=plan9\\nPRETTY_NAME=\\"Plan 9\\"\\nodd line\\n" >/etc/os-release');
    try {
      const { code, stderr } = await create('plan9');
      assert.equal(code, 3, stderr);
      assert.match(stderr, /azdock does not know how Plan 9 comes by it; it does know Ubuntu, Debian, .*Flatcar/);
      assert.ok(!hasMachine('plan9'));
    } finally {
      await host(`${move('away', 'dockerd')}; rm /etc/os-release; mv /root/os-release /etc/os-release`);
    }
  });

  it('is waited for while its SSH port is closed, and an interruption leaves nothing', async () => {
    const child = world.start(['create', '-d', 'generic', ...flags({ 'ssh-port': '2222' }), 'closed']);
    let said = '';
    child.stderr?.on('data', (text) => {
      said += text;
    });
    const ended = collect(child);
    const over = once(child, 'close').then(() => assert.fail(said));
    await until(async () => /does not let anybody in yet, so it is waited for/.test(said), over);
    child.kill('SIGINT');
    assert.equal((await ended).code, 130);
    assert.ok(!hasMachine('closed'));
  });

  it('works with a key of the user’s own in ~/.ssh, of which no copy is made', async () => {
    const home = join(world.directory, 'home');
    await world.program('mkdir', ['-p', join(home, '.ssh')]);
    writeFileSync(join(home, '.ssh', 'id_rsa'), await world.file('own', 'id_rsa'), { mode: 0o600 });
    const args = ['--generic-ip-address', address, '--generic-ssh-user', 'docker-user'];
    await world.ok(['create', '-d', 'generic', ...args, 'mine']);
    assert.ok(!readdirSync(machineFolder(world, 'mine')).includes('id_rsa'));
    assert.equal(JSON.parse(await world.file('mine', 'config.json')).Driver.SSHKeyPath, '');
    await world.ok(['regenerate-certs', '-f', 'mine']);
    await world.ok(['rm', '-y', 'mine']);
  });

  it('is sent nothing any more when the host answers with another key', async () => {
    await host(`rm ${HOST_KEY} ${HOST_KEY}.pub; ssh-keygen -q -t ed25519 -N "" -f ${HOST_KEY}; systemctl restart ssh`);
    const { code, stderr } = await world.run(['regenerate-certs', '-f', 'box']);
    assert.equal(code, 10, stderr);
    assert.match(stderr, /^box answers with another SSH host key than the one pinned for it\.$/m);
  });

  it('is forgotten by rm, while the host and its engine stay as they are', async () => {
    await world.ok(['rm', '-y', 'box']);
    assert.ok(!hasMachine('box'));
    assert.equal((await onHost(world, 'own', 'systemctl is-active docker')).trim(), 'active');
  });
});
