import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openGuestHost } from '../../../src/sandbox/guests/choose.ts';
import type { GuestSpec } from '../../../src/sandbox/guests/guest-host.ts';
import { linuxGuests, needs } from '../../skip.ts';
import { isOpen, runOverSsh } from './clients.ts';
import { allow, Bench, keys } from './fixtures.ts';
import { tracesOf } from './traces.ts';

describe('linux guests and this computer', needs(...linuxGuests, 'busybox'), () => {
  let bench: Bench;
  let spec: GuestSpec & { publicAddress: string };
  const inGuest = async (command: string) => (await runOverSsh(bench.login(spec), command)).output;

  before(async () => {
    bench = await Bench.open('linux');
    spec = await bench.spec('isolated');
    await bench.host.create(spec);
    await bench.host.setFirewall(spec.id, [allow(22)]);
  });
  after(async () => {
    await bench[Symbol.asyncDispose]();
  });

  it('show a guest the system and nothing else of this computer', async () => {
    const root = (await inGuest('ls -A /')).trim().split('\n');
    const expected = [
      'bin',
      'boot',
      'dev',
      'etc',
      'home',
      'lib',
      'lib32',
      'lib64',
      'libx32',
      'media',
      'mnt',
      'opt',
      'proc',
      'root',
      'run',
      'sbin',
      'srv',
      'sys',
      'tmp',
      'usr',
      'var',
    ];
    assert.deepEqual(
      root.filter((name) => !expected.includes(name)),
      [],
    );
    assert.equal(await inGuest('sudo ls -A /root | grep -v "^.ssh$"; ls -A /home'), 'azureuser\n');
    assert.equal(await inGuest(`ls -d '${bench.directory}' '${import.meta.dirname}' 2>/dev/null`), '');
    assert.equal(await inGuest('sudo cut -d: -f2 /etc/shadow | sort -u'), '*\n');
    const hostKey = readFileSync('/etc/ssh/ssh_host_ed25519_key.pub', 'utf8').split(' ')[1] ?? 'none';
    assert.equal(await inGuest(`cat /etc/ssh/*.pub | grep -c '${hostKey}'`), '0\n');
    assert.notEqual(await inGuest('cat /etc/machine-id'), readFileSync('/etc/machine-id', 'utf8'));
  });

  it('keep what a guest changes in the guest', async () => {
    const name = `/etc/azdock-test-${process.pid}`;
    const before = readFileSync('/etc/hostname', 'utf8');
    await inGuest(`sudo sh -c 'echo mine > ${name}; echo mine > /etc/hostname; mkdir /usr/azdock-test'`);
    assert.equal(await inGuest(`cat ${name}`), 'mine\n');
    assert.equal(existsSync(name), false);
    assert.equal(existsSync('/usr/azdock-test'), false);
    assert.equal(readFileSync('/etc/hostname', 'utf8'), before);
    await bench.host.restart(spec.id);
    assert.equal(await inGuest(`cat ${name}`), 'mine\n');
  });

  it("do not let a guest's root undo its firewall, nor reach this computer's services", async () => {
    await inGuest('sudo iptables -P INPUT ACCEPT; sudo iptables -F; sudo sh -c "busybox httpd -p 8080 -h /etc"');
    assert.equal(await isOpen(spec.publicAddress, 8080), false);
    await bench.host.setFirewall(spec.id, [allow(22), allow(8080)]);
    assert.equal(await isOpen(spec.publicAddress, 8080), true);

    const service = createServer((socket) => socket.end('host')).listen(0, '0.0.0.0');
    await once(service, 'listening');
    const address = service.address();
    const port = typeof address === 'object' ? address?.port : 0;
    const gateway = spec.publicAddress.replace(/\d+$/, '1');
    try {
      const { code } = await runOverSsh(bench.login(spec), `exec 3<>/dev/tcp/${gateway}/${port}`);
      assert.notEqual(code, 0);
      assert.equal(await isOpen(gateway, Number(port)), true, 'the service itself is there');
    } finally {
      service.close();
    }
  });

  it('let guests reach each other as their rules say', async () => {
    const other = await bench.spec('neighbour', { privateAddress: '10.0.0.5' });
    await bench.host.create(other);
    const knock = async () =>
      (await runOverSsh(bench.login(spec), `timeout 2 bash -c 'exec 3<>/dev/tcp/${other.publicAddress}/22'`)).code;
    assert.notEqual(await knock(), 0);
    await bench.host.setFirewall(other.id, [allow(22, { source: `${spec.publicAddress}/32` })]);
    assert.equal(await knock(), 0);
    assert.equal(await isOpen(other.publicAddress, 22), false, 'open for the neighbour only');
    await bench.host.remove(other.id);
  });

  it('survive a reboot from inside, and notice a power-off from inside', async () => {
    const bootId = 'cat /proc/sys/kernel/random/boot_id';
    const first = await inGuest(bootId);
    await runOverSsh(bench.login(spec), 'sudo systemctl reboot').catch(() => {});
    let second = first;
    for (let tries = 0; tries < 100 && second === first; tries += 1) {
      await sleep(100);
      second = await inGuest(bootId).catch(() => first);
    }
    assert.notEqual(second, first);
    await runOverSsh(bench.login(spec), 'sudo systemctl poweroff').catch(() => {});
    const isOn = () => tracesOf(bench.directory).some((line) => line.includes('systemd-nspawn'));
    for (let tries = 0; tries < 100 && isOn(); tries += 1) await sleep(100);
    assert.equal(isOn(), false);
    await bench.host.start(spec.id);
    assert.notEqual(await inGuest(bootId), second);
  });

  it('refuse an admin user that the system needs for itself, and leave nothing of the attempt', async () => {
    const bad = await bench.spec('badadmin', { adminUsername: 'daemon', publicKeys: [] });
    const before = tracesOf(bench.directory);
    await assert.rejects(bench.host.create(bad), /daemon cannot be the admin user/);
    assert.deepEqual(tracesOf(bench.directory).sort(), before.sort());
    await assert.rejects(bench.host.start(bad.id), /there is no guest/);
  });

  it('refuse a directory whose guests another process has', async () => {
    await assert.rejects(openGuestHost('linux', { directory: bench.directory, log: () => {} }), /still running/);
  });
});

describe('linux guests and what they leave', needs(...linuxGuests), () => {
  it('leave no process, mount, cable, route, rule or control group', async () => {
    const bench = await Bench.open('linux');
    const guest = await bench.spec('passing');
    const kept = await bench.spec('kept', { privateAddress: '10.0.0.5' });
    await Promise.all([bench.host.create(guest), bench.host.create(kept)]);
    assert.ok(tracesOf(bench.directory).length > 10, 'traces can be seen');
    // Rules change while guests come and go.
    const changes = [1, 2, 3, 4, 5, 6].map((port) => bench.host.setFirewall(guest.id, [allow(port)]));
    await Promise.allSettled([...changes, bench.host.remove(guest.id)]);
    await Promise.all([1, 2, 3].map((port) => bench.host.setFirewall(kept.id, [allow(port)])));
    const rules = tracesOf(bench.directory).filter((line) => line.startsWith('-A') && line.includes('--dport'));
    assert.deepEqual(rules.length, 1, 'the rules that were set last, once');
    await bench.host.close({ keepDisks: true });
    assert.deepEqual(tracesOf(bench.directory), []);
    assert.equal(existsSync(join(bench.directory, 'guests')), true);
    await bench.reopen();
    await bench[Symbol.asyncDispose]();
  });

  it('end with a process that is killed, and the next one clears up and takes their disks up', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'azdock-crash-'));
    const spec = {
      id: '/vm/crashed',
      computerName: 'crashed',
      adminUsername: 'azureuser',
      publicKeys: [{ path: '/home/azureuser/.ssh/authorized_keys', keyData: keys.public }],
      privateAddress: '10.254.0.9',
      privateIpv6Address: 'fd00:db8:254::9',
      image: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' },
    };
    const script = fileURLToPath(new URL('crashing-host.ts', import.meta.url));
    const child = spawn(process.execPath, [script, directory, JSON.stringify(spec)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    assert.equal(await isOpen(spec.privateAddress, 22), false);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const lives = () => tracesOf(directory).some((line) => line.includes('nspawn') || line.includes('/disk.img'));
    for (let tries = 0; tries < 100 && lives(); tries += 1) await sleep(50);
    assert.equal(lives(), false);
    const left = tracesOf(directory);
    assert.ok(
      left.some((line) => line.includes('icmp6-port-unreachable')),
      'rules of both IP versions are left over',
    );

    const host = await openGuestHost('linux', { directory, log: () => {} });
    assert.deepEqual(
      tracesOf(directory).filter((line) => line.includes('AZDOCK') || line.includes('cgroup')),
      [],
    );
    await host.adopt(spec, true);
    await host.setFirewall(spec.id, [allow(22)]);
    assert.equal(await isOpen(spec.privateAddress, 22), true);
    await host.close({ keepDisks: false });
    assert.deepEqual(tracesOf(directory), []);
    await rm(directory, { recursive: true, force: true });
  });
});
