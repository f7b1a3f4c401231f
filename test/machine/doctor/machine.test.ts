import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { failureFinding } from '../../../src/machine/doctor/failure-finding.ts';
import { boot } from '../../../src/machine/doctor/machine/boot.ts';
import { disk } from '../../../src/machine/doctor/machine/disk.ts';
import { dockerContext } from '../../../src/machine/doctor/machine/docker-context.ts';
import { engineInfo } from '../../../src/machine/doctor/machine/engine-info.ts';
import { engine } from '../../../src/machine/doctor/machine/engine.ts';
import { hostClock } from '../../../src/machine/doctor/machine/host-clock.ts';
import { hostKey } from '../../../src/machine/doctor/machine/host-key.ts';
import { machineProxy } from '../../../src/machine/doctor/machine/machine-proxy.ts';
import { parseInfo } from '../../../src/machine/doctor/machine/parse-info.ts';
import { phase } from '../../../src/machine/doctor/machine/phase.ts';
import { enginePort, sshPort } from '../../../src/machine/doctor/machine/ports.ts';
import { record } from '../../../src/machine/doctor/machine/record.ts';
import { sshLogin } from '../../../src/machine/doctor/machine/ssh-login.ts';
import { tunnel } from '../../../src/machine/doctor/machine/tunnel.ts';
import type { Finding } from '../../../src/machine/doctor/finding.ts';
import { ownIdentity } from '../../../src/store/process-identity.ts';
import { freePort, serverCertificate, startEngine, startTcp } from '../../engine/engine-fixture.ts';
import { newKeyPair } from '../../ssh/key-pair.ts';
import { publicKeyOf } from '../../ssh/socket-host.ts';
import { type ExecHost, startExecHost } from './exec-host.ts';
import { fileOf, type MachineAsk, machine } from './machine-fixture.ts';
import { find } from './subjects.ts';

/** A machine whose host is an {@link ExecHost}. */
async function reached(t: TestContext, host: ExecHost, rest: MachineAsk = {}) {
  const made = await machine(t, {
    sidecar: { hostKey: host.hostKey, ...rest.sidecar },
    files: { id_rsa: host.privateKey },
    ...(rest.around === undefined ? {} : { around: rest.around }),
    keys: { SSHPort: host.port, SSHKeyPath: '/was/once/id_rsa', ...rest.keys },
  });
  return made;
}

const summary = ({ verdict, fix }: Finding) => [verdict, fix?.text];

suite('what doctor finds of a machine', () => {
  test('the record: good, somebody at work on it', async (t) => {
    const subject = await machine(t);
    assert.match((await find(record, subject)).message, /^Driver generic, made 2026-11-21T00:00:00Z\.$/);
    mkdirSync(join(subject.root, '.locks'));
    const holder = { ...ownIdentity(), since: '2026-11-21T00:00:00Z', nonce: 'n' };
    writeFileSync(join(subject.root, '.locks', 'machine-dev.lock'), JSON.stringify(holder));
    assert.match((await find(record, subject)).message, new RegExp(`process ${process.pid}.*since 2026-11-21`));
  });

  test('its creation: done, failed, and its removal that was not', async (t) => {
    assert.equal((await find(phase, await machine(t))).verdict, 'ok');
    const failed = await find(phase, await machine(t, { sidecar: { phase: 'failed' } }));
    assert.deepEqual(summary(failed), ['problem', 'azdock create dev --resume']);
    const removing = await find(phase, await machine(t, { sidecar: { phase: 'removing' } }));
    assert.deepEqual(summary(removing), ['problem', 'azdock rm dev']);
  });

  test("SSH's port: it greets, is refused, is closed at once, is silent, is something else, has no name", async (t) => {
    const look = async (SSHPort: number, rest: object = {}) =>
      find(sshPort, await machine(t, { keys: { SSHPort, ...rest } }));
    const greets = await startTcp(t, (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'));
    assert.match((await look(greets)).message, /answers \(SSH-2\.0-OpenSSH_9\.2\)\.$/);
    const refused = await look(await freePort(t));
    assert.deepEqual(summary(refused), ['problem', 'azdock provision dev']);
    assert.match(refused.message, /connection is refused/);
    const closed = await look(await startTcp(t, (socket) => socket.destroy()));
    assert.match(closed.message, /accepts the connection and ends it at once/);
    const silent = await find(
      sshPort,
      await machine(t, { keys: { SSHPort: await startTcp(t, () => {}) }, around: { probeMs: 50 } }),
    );
    assert.match(silent.message, /nothing answers/);
    const other = await look(await startTcp(t, (socket) => socket.write('220 mail\r\n')));
    assert.match(other.message, /no SSH server/);
    assert.match((await look(22, { IPAddress: 'no-such-host.invalid' })).message, /not known to DNS|no way there/);
  });

  test('a machine that is behind a firewall, or private, is told so where nothing answers', async (t) => {
    const SSHPort = await startTcp(t, () => {});
    const sidecar = { driver: { allowFrom: ['203.0.113.7'] } };
    const closed = await find(sshPort, await machine(t, { keys: { SSHPort }, sidecar, around: { probeMs: 50 } }));
    assert.match(closed.fix?.text ?? '', /lets in 203\.0\.113\.7 only.* azdock allow dev --add ADDRESS$/);
    const inside = await find(
      sshPort,
      await machine(t, { keys: { SSHPort, NoPublicIP: true }, around: { probeMs: 50 } }),
    );
    assert.match(inside.fix?.text ?? '', /inside its network/);
  });

  test("Docker's port: open, and nobody there; of a URL it is for its owner to see to", async (t) => {
    const port = await startTcp(t, () => {});
    const look = async (EnginePort: number) => find(enginePort, await machine(t, { keys: { EnginePort } }));
    assert.equal((await look(port)).verdict, 'ok');
    const gone = await freePort(t);
    assert.deepEqual(summary(await look(gone)), ['problem', 'azdock provision dev']);
    const url = await find(enginePort, await machine(t, { driver: 'none', keys: { URL: `tcp://127.0.0.1:${gone}` } }));
    assert.deepEqual([url.verdict, url.fix?.kind], ['problem', 'advice']);
  });

  test('the host key: as pinned, another one, none pinned, which none then is', async (t) => {
    const host = await startExecHost(t, () => '');
    assert.match((await find(hostKey, await reached(t, host))).message, /^ssh-ed25519 SHA256:.*, as pinned\.$/);
    const other = await find(
      hostKey,
      await reached(t, host, { sidecar: { hostKey: publicKeyOf(newKeyPair().private) } }),
    );
    assert.deepEqual([other.verdict, other.fix?.kind], ['problem', 'advice']);
    const subject = await machine(t, { keys: { SSHPort: host.port } });
    const none = await find(hostKey, subject);
    assert.deepEqual(summary(none), ['warning', 'azdock ssh dev -- true']);
    assert.doesNotMatch(fileOf(subject.root, 'azdock.json'), /hostKey/);
  });

  test('the login: let in, refused, a key that others read, one that is missing; nothing is pinned', async (t) => {
    const host = await startExecHost(t, () => '');
    const subject = await reached(t, host, { sidecar: {} });
    assert.equal((await find(sshLogin, subject)).message, 'docker-user gets in at 127.0.0.1.');
    const stranger = await startExecHost(t, () => '');
    const refused = await find(sshLogin, await reached(t, { ...host, privateKey: stranger.privateKey }));
    assert.equal(refused.verdict, 'problem');
    assert.match(refused.message, /does not take .*id_rsa for docker-user/);
    const open = await reached(t, host);
    chmodSync(join(open.root, 'machines', 'dev', 'id_rsa'), 0o644);
    const mode = await find(sshLogin, open).catch(failureFinding);
    assert.match(mode.fix?.text ?? '', /^chmod 600 .*id_rsa$/);
    const missing = await machine(t, { keys: { SSHPort: host.port, SSHKeyPath: '/nowhere/id_rsa' } });
    assert.match((await find(sshLogin, missing).catch(failureFinding)).message, /is missing/);
  });

  test('a key that is seen for the first time is not pinned by logging in', async (t) => {
    const host = await startExecHost(t, () => '');
    const subject = await machine(t, {
      files: { id_rsa: host.privateKey },
      keys: { SSHPort: host.port, SSHKeyPath: '/x/id_rsa' },
    });
    assert.equal((await find(sshLogin, subject)).verdict, 'ok');
    assert.doesNotMatch(fileOf(subject.root, 'azdock.json'), /hostKey/);
  });

  test('the engine: it answers, is not well, refuses the certificate, is none', async (t) => {
    const look = async (EnginePort: number, rest: MachineAsk = {}) =>
      find(engine, await machine(t, { keys: { EnginePort }, ...rest })).catch(failureFinding);
    const good = await startEngine(t, await serverCertificate());
    assert.equal((await look(good.port)).message, 'Docker 28.2.2, API 1.50.');
    const ill = await look((await startEngine(t, await serverCertificate(), { status: 503 })).port);
    assert.deepEqual(summary(ill), ['problem', 'azdock ssh dev -- sudo systemctl restart docker']);
    const none = await look(await startTcp(t, (socket) => socket.end('220 mail\r\n')));
    assert.match(none.message, /does not speak TLS/);
    const gone = await look(await freePort(t));
    assert.match(gone.message, /the connection is refused/);
  });

  test("the engine's own warnings: none, some, and an answer that is none", async (t) => {
    const port = (await startEngine(t, await serverCertificate())).port;
    const subject = await machine(t, { keys: { EnginePort: port } });
    assert.match((await find(engineInfo, subject)).message, /^None\. 2 of 0 containers run; live-restore is off/);
    const answering = (body: string, status = 200) => ({ ...subject, ask: async () => ({ status, body, date: '' }) });
    const warnings = { Warnings: ['WARNING: No swap limit support', 'WARNING: more'], LiveRestoreEnabled: true };
    const found = await find(engineInfo, answering(JSON.stringify(warnings)));
    assert.equal(found.message, 'No swap limit support, and 1 more.');
    assert.deepEqual(summary(found), ['warning', 'azdock exec dev -- docker info']);
    assert.equal((await find(engineInfo, answering('no JSON'))).verdict, 'not-checked');
    assert.equal((await find(engineInfo, answering('{}', 501))).verdict, 'not-checked');
    assert.equal(parseInfo('{"DockerRootDir":"/data/docker"}')?.rootDirectory, '/data/docker');
  });

  test("the host's clock: by the engine, over SSH, wrong, and not to be had", async (t) => {
    const { port } = await startEngine(t, await serverCertificate());
    const at = async (aheadMs: number) =>
      find(
        hostClock,
        await machine(t, { keys: { EnginePort: port }, around: { now: () => new Date(Date.now() + aheadMs) } }),
      );
    assert.equal((await at(0)).verdict, 'ok');
    assert.equal((await at(90_000)).verdict, 'warning');
    const wrong = await at(-3_600_000);
    assert.deepEqual(summary(wrong), ['problem', 'azdock ssh dev -- sudo timedatectl set-ntp true']);
    assert.match(wrong.message, /60 min ahead of this computer's/);
    const gone = { EnginePort: await freePort(t) };
    const host = await startExecHost(t, () => `${Math.floor(Date.now() / 1000) - 900}\n`);
    assert.match((await find(hostClock, await reached(t, host, { keys: gone }))).message, /15 min behind/);
    const dumb = await startExecHost(t, () => undefined);
    assert.equal((await find(hostClock, await reached(t, dumb, { keys: gone }))).verdict, 'not-checked');
  });

  test('the disk: room, little, none, no inodes, and not to be had', async (t) => {
    const GIB = 1024 ** 2;
    const df =
      (free: number, nodes = 1000) =>
      (command: string) =>
        /-Pi/.test(command)
          ? `F N U A C M\n/dev/sda1 1000 1 ${nodes} 1% /\n`
          : `F N U A C M\n/dev/sda1 ${30 * GIB} 1 ${free} 1% /\n`;
    const gone = { EnginePort: await freePort(t) };
    const look = async (answer: (command: string) => string | undefined) =>
      find(disk, await reached(t, await startExecHost(t, answer), { keys: gone }));
    assert.equal((await look(df(20 * GIB))).message, '20 GiB of 30 GiB are free on /.');
    assert.equal((await look(df(3 * GIB))).verdict, 'warning');
    const full = await look(df(GIB / 2));
    assert.deepEqual(summary(full), ['problem', 'azdock exec dev -- docker system prune']);
    assert.match((await look(df(20 * GIB, 0))).message, /inodes are used up/);
    assert.equal((await look(() => undefined)).verdict, 'not-checked');
  });

  test('a full root file system is told apart from a data disk with room', async (t) => {
    const GIB = 1024 ** 2;
    const answer = (command: string) =>
      /-Pi/.test(command)
        ? ''
        : `F N U A C M\n/dev/sda1 ${30 * GIB} 1 10 1% /\n/dev/sdc1 ${90 * GIB} 1 ${80 * GIB} 1% /var/lib/docker\n`;
    const host = await startExecHost(t, answer);
    const found = await find(disk, await reached(t, host, { keys: { EnginePort: await freePort(t) } }));
    assert.match(found.message, /on \/\.$/);
    assert.equal(found.verdict, 'problem');
  });

  test('without SSH the engine tells how much it uses, and nobody how much is left', async (t) => {
    const subject = await machine(t, { driver: 'none', keys: { URL: 'tcp://127.0.0.1:1' } });
    const usage = { LayersSize: 3 * 1024 ** 3, Containers: [{ SizeRw: 1 }], Volumes: [{ UsageData: { Size: -1 } }] };
    const ask = async (path: string) => ({
      status: 200,
      body: path === '/info' ? '{}' : JSON.stringify(usage),
      date: '',
    });
    const { verdict, message } = await find(disk, { ...subject, ask });
    assert.equal(verdict, 'not-checked');
    assert.match(message, /take 3\.0 GiB\.$/);
  });

  test('the set-up of the host: well, failed, still running, cloud-init in error, not to be looked at', async (t) => {
    const said = (sections: Record<string, string>) =>
      [...Object.entries(sections), ['end', '']].map(([name, text]) => `\x1e${name}\n${text}\n`).join('');
    const look = async (sections: Record<string, string> | undefined) =>
      find(boot, await reached(t, await startExecHost(t, () => (sections === undefined ? undefined : said(sections)))));
    assert.equal((await look({ state: 'ready', at: '1795000000' })).verdict, 'ok');
    const failed = await look({ state: 'failed', log: 'azdock: failed: apt has no docker-ce' });
    assert.deepEqual(summary(failed), ['problem', 'azdock provision dev']);
    assert.equal((await look({ state: 'running' })).verdict, 'warning');
    const cloud = await look({ state: 'ready', cloud: 'status: error\n' });
    assert.deepEqual(summary(cloud), ['warning', 'azdock ssh dev -- cloud-init status --long']);
    assert.equal((await look({ cloud: 'status: done' })).verdict, 'ok');
    assert.equal((await look(undefined)).verdict, 'not-checked');
  });

  test('a tunnel: down; and none where the engine has a port', async (t) => {
    assert.equal(tunnel.applies?.(await machine(t)), false);
    const subject = await machine(t, { sidecar: { driver: { tunnel: true } } });
    assert.equal(tunnel.applies?.(subject), true);
    assert.deepEqual(summary(await find(tunnel, subject)), ['warning', 'azdock tunnel dev']);
  });

  test('the docker context: none, good, at another address, with other certificates, of somebody else', async (t) => {
    const subject = await machine(t, { keys: { EnginePort: 2377 } });
    assert.equal((await find(dockerContext, subject)).message, 'It has none.');
    const id = createHash('sha256').update('dev').digest('hex');
    const meta = join(subject.dockerConfig, 'contexts', 'meta', id);
    const tls = join(subject.dockerConfig, 'contexts', 'tls', id, 'docker');
    for (const folder of [meta, tls]) mkdirSync(folder, { recursive: true });
    const put = (host: string, owner: object) =>
      writeFileSync(
        join(meta, 'meta.json'),
        JSON.stringify({ Name: 'dev', Metadata: { azdock: owner }, Endpoints: { docker: { Host: host } } }),
      );
    const own = { machine: 'dev', store: subject.root };
    for (const name of ['ca.pem', 'cert.pem', 'key.pem']) writeFileSync(join(tls, name), fileOf(subject.root, name));
    put('tcp://127.0.0.1:2377', own);
    assert.equal((await find(dockerContext, subject)).message, 'It leads to tcp://127.0.0.1:2377.');
    writeFileSync(join(tls, 'cert.pem'), 'old');
    assert.deepEqual(summary(await find(dockerContext, subject)), ['warning', 'azdock context dev']);
    put('tcp://127.0.0.1:2376', own);
    assert.match((await find(dockerContext, subject)).message, /leads to tcp:\/\/127\.0\.0\.1:2376/);
    put('tcp://127.0.0.1:2376', { machine: 'dev', store: '/other' });
    assert.match((await find(dockerContext, subject)).message, /somebody else's/);
  });

  test('a proxy: none, gone past, and in the way', async (t) => {
    const look = async (environment: Record<string, string>) =>
      find(machineProxy, await machine(t, { keys: { IPAddress: '20.1.2.3' }, around: { environment } }));
    assert.equal((await look({})).message, 'None is set.');
    assert.equal((await look({ HTTPS_PROXY: 'http://p:1', NO_PROXY: '20.1.2.3' })).verdict, 'ok');
    const caught = await look({ HTTPS_PROXY: 'http://p:1' });
    assert.deepEqual(summary(caught), ['warning', 'eval "$(azdock env --no-proxy dev)"']);
  });
});
