import assert from 'node:assert/strict';
import { suite, type TestContext, test } from 'node:test';
import { systemName } from '../../src/provision/distributions/os-release.ts';
import { inspectHost } from '../../src/provision/inspect-host.ts';
import { connectSsh } from '../../src/ssh/connect.ts';
import { needs } from '../skip.ts';
import { prepareSshd } from '../ssh/sshd.ts';
import { ScratchHost, scratchHostNeeds } from './scratch-host.ts';

const { signal } = new AbortController();

suite('looking at a host over a real sshd', needs('sshd', 'ssh-keygen', ...scratchHostNeeds), () => {
  async function prepare(t: TestContext) {
    const sshd = await prepareSshd(['ed25519']);
    const host = await ScratchHost.create();
    t.after(async () => {
      await sshd.close();
      await host.close();
    });
    await sshd.start(host.prefix);
    const session = await connectSsh({ ...sshd, hostKey: undefined, signal });
    t.after(() => session.close());
    const look = () => inspectHost(session, 2377, signal);
    return { host, look, lookWithoutPort: () => inspectHost(session, undefined, signal) };
  }

  test('tells system, systemd and docker', async (t) => {
    const { host, look } = await prepare(t);
    await host.run('rm -f /etc/os-release');
    await host.write('/etc/os-release', 'ID=azurelinux\nPRETTY_NAME="Microsoft Azure Linux 3.0"\nodd line\n');
    const { release, ...facts } = await look();
    assert.deepEqual(facts, { hasSystemd: true, hasDocker: true, firewall: undefined });
    assert.equal(systemName(release), 'Microsoft Azure Linux 3.0');
    await host.run('rm -f /usr/sbin/dockerd /usr/bin/dockerd /usr/local/sbin/dockerd /usr/local/bin/dockerd');
    await host.run('rm -f /etc/os-release /usr/lib/os-release');
    const bare = await look();
    assert.deepEqual([bare.hasDocker, bare.release.size], [false, 0]);
  });

  test('tells of a firewall only when it runs and has no rule for the port', async (t) => {
    const { host, look, lookWithoutPort } = await prepare(t);
    const firewallOf = async () => (await look()).firewall;
    await host.program(
      'firewall-cmd',
      '#!/bin/sh\n[ -e /running ] || exit 252\ncase "$1" in --query*) grep -qxe "$1" /open ;; esac\n',
    );
    assert.equal(await firewallOf(), undefined, 'it does not run');
    await host.write('/running', '');
    assert.equal(await firewallOf(), 'firewalld');
    await host.write('/open', '--query-port=2376/tcp\n');
    assert.equal(await firewallOf(), 'firewalld', 'another port');
    await host.write('/open', '--query-port=2377/tcp\n');
    assert.equal(await firewallOf(), undefined, 'open');
    await host.run('rm /usr/local/sbin/firewall-cmd');
    const ufw = (rule: string) => host.program('ufw', `#!/bin/sh\nprintf 'Status: active\\n\\n${rule}\\n'\n`);
    await ufw('22/tcp                     ALLOW       Anywhere');
    assert.equal(await firewallOf(), 'ufw');
    assert.equal((await lookWithoutPort()).firewall, undefined, 'no port, so that it does not matter');
    await ufw('2377/tcp                   DENY        Anywhere');
    assert.equal(await firewallOf(), 'ufw');
    for (const port of ['2377', '2377/tcp']) {
      await ufw(`${port}                   ALLOW       Anywhere`);
      assert.equal(await firewallOf(), undefined, port);
    }
    await host.program('ufw', '#!/bin/sh\necho "Status: inactive"\n');
    assert.equal(await firewallOf(), undefined);
  });

  test('changes nothing', async (t) => {
    const { host, look } = await prepare(t);
    await look();
    assert.deepEqual(await host.calls(), []);
  });
});
