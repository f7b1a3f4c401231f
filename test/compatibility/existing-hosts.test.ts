import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { PreCreateCheckError } from '../../src/errors/pre-create-check-error.ts';
import { checkHost } from '../../src/machine/check-host.ts';
import { engineScript } from '../../src/provision/script/engine-script.ts';
import { listeningProgress, testContext } from '../machine/context-fixture.ts';
import { temporaryStore } from '../machine/store-fixture.ts';
import { provisioning } from '../provision/example.ts';
import { ScratchHost, scratchHostNeeds } from '../provision/scratch-host.ts';
import { needs } from '../skip.ts';
import { prepareSshd } from '../ssh/sshd.ts';

suite('a host that is there', needs('sshd', 'ssh-keygen', ...scratchHostNeeds), () => {
  async function prepare(t: TestContext) {
    const sshd = await prepareSshd(['ed25519']);
    const host = await ScratchHost.create();
    t.after(async () => {
      await sshd.close();
      await host.close();
    });
    await sshd.start(host.prefix);
    const store = temporaryStore(t);
    const keyFile = join(store, 'key');
    await writeFile(keyFile, sshd.privateKey.reveal(), { mode: 0o600 });
    const progress = listeningProgress();
    const draft = provisioning({ port: host.port });
    const check = () =>
      checkHost(
        { machine: 'box', host: sshd.host, port: sshd.port, user: sshd.user, keyFile },
        { draft, context: testContext(store, { progress }), step: { title() {}, detail() {} } },
      );
    return { host, check, draft, said: progress.said };
  }

  test('a host without systemd is refused before anything is made', async (t) => {
    const { host, check } = await prepare(t);
    await host.run('rm -f /bin/systemctl /usr/bin/systemctl /usr/local/sbin/systemctl');
    await assert.rejects(
      check(),
      (error) => error instanceof PreCreateCheckError && /runs without systemd\.$/.test(error.message),
    );
  });

  test('a firewall that is closed gives a warning with the command that opens it, and stays closed', async (t) => {
    const { host, check, said } = await prepare(t);
    const record = '#!/bin/sh\necho "$(basename "$0") $*" >>/calls\n';
    const opening = [
      `firewall-cmd --permanent --add-port=${host.port}/tcp && firewall-cmd --reload`,
      `ufw allow ${host.port}/tcp`,
    ];
    await host.program('ufw', `${record}echo "Status: active"\n`);
    await host.program('firewall-cmd', `${record}[ "$1" = --state ]\n`);
    await check();
    await host.run('rm /usr/local/sbin/firewall-cmd');
    await check();
    assert.equal(said.length, 2, said.join('\n'));
    for (const [at, command] of opening.entries()) assert.ok(said[at]?.endsWith(`as root:  ${command}`), said[at]);
    const provisioned = await host.run((await engineScript(provisioning({ port: host.port }), 'ssh')).reveal());
    assert.equal(provisioned.code, 0, provisioned.stderr);
    const firewall = (await host.calls()).filter((call) => /^(ufw|firewall-cmd) /.test(call));
    assert.deepEqual(
      firewall.filter((call) => !/^(ufw status|firewall-cmd --(state|query-port=\d+\/tcp))$/.test(call)),
      [],
    );
  });

  test('with Docker any distribution will do, and nothing is renamed, installed or upgraded', async (t) => {
    const { host, check, draft } = await prepare(t);
    await host.run('rm -f /etc/os-release');
    await host.write('/etc/os-release', 'ID=plan9\nPRETTY_NAME="Plan 9"\n');
    const managers = ['apt-get', 'dnf', 'yum', 'zypper', 'tdnf', 'curl', 'hostnamectl', 'hostname'];
    for (const name of managers) await host.program(name, '#!/bin/sh\necho "$(basename "$0") $*" >>/calls\n');
    const names = () => host.run('cat /etc/hostname /etc/hosts');
    const before = await names();
    await check();
    const { code, stderr } = await host.run((await engineScript(draft, 'ssh')).reveal());
    assert.equal(code, 0, stderr);
    assert.deepEqual(await names(), before);
    assert.deepEqual(
      (await host.calls()).filter((call) => managers.includes(call.split(' ')[0] ?? '')),
      [],
    );
  });
});
