import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { GuestSpec } from '../../../src/sandbox/guests/guest-host.ts';
import { certificateSet, clientOf } from './certificates.ts';
import { askEngine, isOpen, openSsh, runOverSsh } from './clients.ts';
import { askSocketOverSsh } from './socket-client.ts';
import { allow, Bench, base64, dockerExtension, engineScript, extension, type Kind, otherKeys } from './fixtures.ts';

/** What every kind of guests has to do. */
export function guestHostContract(kind: Kind, options: { skip?: string }): void {
  describe(`guests of kind ${kind}`, options, () => {
    let bench: Bench;
    let spec: GuestSpec & { publicAddress: string };

    before(async () => {
      bench = await Bench.open(kind);
      spec = await bench.spec('first', { adminPassword: 'Correct-Horse-7' });
      await bench.host.create(spec);
    });
    after(() => bench[Symbol.asyncDispose]());

    it('says of which kind they are', () => {
      assert.equal(bench.host.kind, kind);
    });

    it('gives every address once', async () => {
      const addresses = await Promise.all([1, 2, 3].map(() => bench.host.allocateAddress()));
      assert.equal(new Set([...addresses, spec.publicAddress]).size, 4);
      for (const address of addresses) await bench.host.releaseAddress(address);
      await bench.host.releaseAddress('198.18.0.250');
    });

    it('lets nobody in that no rule allows', async () => {
      await bench.host.setFirewall(spec.id, []);
      assert.equal(await isOpen(spec.publicAddress, bench.host.sshPort), false);
      await bench.host.setFirewall(spec.id, [allow(22, { source: '203.0.113.0/24' })]);
      assert.equal(await isOpen(spec.publicAddress, bench.host.sshPort), false);
      await bench.host.setFirewall(spec.id, [
        allow(22, { access: 'Deny', priority: 100 }),
        allow(22, { priority: 200 }),
      ]);
      assert.equal(await isOpen(spec.publicAddress, bench.host.sshPort), false);
      await bench.host.setFirewall(spec.id, [
        allow(22, { access: 'Deny', priority: 200 }),
        allow(22, { priority: 100 }),
      ]);
      assert.equal(await isOpen(spec.publicAddress, bench.host.sshPort), true);
    });

    it('logs the admin user in by key and by password', async () => {
      await bench.host.setFirewall(spec.id, [allow(22)]);
      const byKey = await runOverSsh(bench.login(spec), 'hostname');
      assert.deepEqual([byKey.code, byKey.output], [0, 'first\n']);
      const { privateKey: _, ...login } = bench.login(spec);
      const byPassword = await runOverSsh({ ...login, password: 'Correct-Horse-7' }, 'exit 0');
      assert.equal(byPassword.code, 0);
    });

    it('refuses another key, another password and another user', async () => {
      const { privateKey: _, ...login } = bench.login(spec);
      await assert.rejects(openSsh(bench.login(spec, otherKeys.private)), /authentication/i);
      await assert.rejects(openSsh({ ...login, password: 'wrong' }), /authentication/i);
      await assert.rejects(openSsh({ ...bench.login(spec), username: 'root' }), /authentication/i);
    });

    it('claims to be an Ubuntu', async () => {
      const { output } = await runOverSsh(bench.login(spec), 'cat /etc/os-release');
      assert.match(output, /^ID=ubuntu$/m);
      assert.match(output, /^VERSION_ID="24.04"$/m);
    });

    it('takes files by SFTP and gives them back', async () => {
      using connection = await openSsh(bench.login(spec));
      const sftp = await new Promise<import('ssh2').SFTPWrapper>((resolve, reject) =>
        connection.client.sftp((error, session) => (error ? reject(error) : resolve(session))),
      );
      const content = Buffer.from('0123456789'.repeat(20_000));
      await new Promise<void>((resolve, reject) =>
        sftp.writeFile('/home/azureuser/upload', content, { mode: 0o600 }, (error) =>
          error ? reject(error) : resolve(),
        ),
      );
      const back = await new Promise<Buffer>((resolve, reject) =>
        sftp.readFile('/home/azureuser/upload', (error, data) => (error ? reject(error) : resolve(data))),
      );
      assert.ok(back.equals(content));
    });

    it('serves an engine over mutual TLS after DockerExtension, behind the firewall', async () => {
      const certificates = certificateSet(spec.publicAddress);
      const verdict = await bench.host.runExtension(spec.id, dockerExtension(certificates));
      assert.deepEqual(verdict, { ok: true, message: 'Enable Docker succeeded' });
      assert.equal(await isOpen(spec.publicAddress, 2376), false);
      await bench.host.setFirewall(spec.id, [allow(22), allow(2376)]);
      const target = { host: spec.publicAddress, port: 2376, path: '/version' };
      const { status, body } = await askEngine(target, certificates);
      assert.equal(status, 200);
      assert.match(body, /ApiVersion/);
      await assert.rejects(askEngine(target, certificates, {}), 'no client certificate');
      const stranger = clientOf(certificateSet(spec.publicAddress).ca);
      await assert.rejects(askEngine(target, certificates, stranger), "another CA's client certificate");
    });

    it('keeps the old certificate in use when DockerExtension brings new ones with the same arguments', async () => {
      const later = certificateSet(spec.publicAddress);
      const target = { host: spec.publicAddress, port: 2376, path: '/_ping' };
      assert.ok((await bench.host.runExtension(spec.id, dockerExtension(later, { sequence: 2 }))).ok);
      await assert.rejects(askEngine(target, later));
      const settings = { docker: { port: '2376', options: ['--label=serial=2'] } };
      assert.ok((await bench.host.runExtension(spec.id, dockerExtension(later, { sequence: 3, settings }))).ok);
      assert.equal((await askEngine(target, later)).body, 'OK');
    });

    it('fails extensions as their handlers do', async () => {
      const environment = await bench.host.runExtension(
        spec.id,
        extension('DockerExtension', { sequence: 4, settings: { 'azure-environment': 'AzureMars' } }),
      );
      assert.deepEqual(environment, {
        ok: false,
        message: 'Enable Docker failed: ERROR: invalid environment name: AzureMars',
      });
      const nothing = await bench.host.runExtension(spec.id, extension('CustomScript', { sequence: 1 }));
      assert.equal(nothing.ok, false);
      assert.match(nothing.message, /^Enable failed: failed to get configuration: invalid configuration/);
      const stranger = await bench.host.runExtension(spec.id, extension('BGInfo'));
      assert.equal(stranger.ok, false);
      assert.match(stranger.message, /BGInfo/);
    });

    it('keeps address, identity and engine over power-off, start and restart', async () => {
      const { hostKey } = await runOverSsh(bench.login(spec), 'true');
      await bench.host.powerOff(spec.id);
      await bench.host.powerOff(spec.id);
      assert.equal(await isOpen(spec.publicAddress, bench.host.sshPort), false);
      await bench.host.start(spec.id);
      await bench.host.start(spec.id);
      assert.equal((await runOverSsh(bench.login(spec), 'true')).hostKey, hostKey);
      await bench.host.restart(spec.id);
      assert.equal((await runOverSsh(bench.login(spec), 'true')).hostKey, hostKey);
      assert.equal(await isOpen(spec.publicAddress, 2376), true);
    });

    it('is taken up by the next process with its identity', async () => {
      const { hostKey } = await runOverSsh(bench.login(spec), 'true');
      const { sshPort } = bench.host;
      await bench.reopen();
      assert.equal(bench.host.sshPort, sshPort);
      assert.equal(await isOpen(spec.publicAddress, sshPort), false);
      // No password is on record anywhere.
      const { adminPassword: _password, ...known } = spec;
      await bench.host.adopt(known, true);
      await bench.host.setFirewall(spec.id, [allow(22), allow(2376)]);
      const { privateKey: _key, ...login } = bench.login(spec);
      assert.equal((await runOverSsh({ ...login, password: 'Correct-Horse-7' }, 'true')).code, 0);
      assert.equal((await runOverSsh(bench.login(spec), 'true')).hostKey, hostKey);
      assert.notEqual(await bench.host.allocateAddress(), spec.publicAddress);
      await assert.rejects(bench.host.adopt(await bench.spec('never-made'), true), /never-made/);
    });

    it('sets the engine up by a script of CustomScript, and by custom data', async () => {
      const scripted = await bench.spec('scripted', { privateAddress: '10.0.0.5' });
      await bench.host.create(scripted);
      await bench.host.setFirewall(scripted.id, [allow(22), allow(2376)]);
      const { privateKey: _key, ...login } = bench.login(scripted);
      await assert.rejects(
        openSsh({ ...login, password: '' }),
        /authentication/i,
        'a guest without a password takes none',
      );
      const certificates = certificateSet(scripted.publicAddress);
      const protectedSettings = { script: base64(engineScript(certificates)) };
      const verdict = await bench.host.runExtension(scripted.id, extension('CustomScript', { protectedSettings }));
      assert.equal(verdict.ok, true, verdict.message);
      assert.match(verdict.message, /^Enable succeeded: \n\[stdout\]\n/);
      const target = { host: scripted.publicAddress, port: 2376, path: '/_ping' };
      assert.equal((await askEngine(target, certificates)).body, 'OK');
      await bench.host.remove(scripted.id);

      const booted = await bench.spec('booted', { privateAddress: '10.0.0.6' });
      const own = certificateSet(booted.publicAddress);
      await bench.host.create({ ...booted, customData: Buffer.from(engineScript(own)) });
      await bench.host.setFirewall(booted.id, [allow(2376)]);
      assert.equal((await askEngine({ ...target, host: booted.publicAddress }, own)).body, 'OK');
      await bench.host.remove(booted.id);
    });

    it('opens no port for an engine that is told none; who logs in reaches it at its socket', async () => {
      const certificates = certificateSet(spec.publicAddress);
      const without = { docker: { options: ['--label=port=none'] } };
      const verdict = await bench.host.runExtension(
        spec.id,
        dockerExtension(certificates, { sequence: 20, settings: without }),
      );
      assert.deepEqual(verdict, { ok: true, message: 'Enable Docker succeeded' });
      assert.equal(await isOpen(spec.publicAddress, 2376), false);
      const login = bench.login(spec);
      assert.equal(await askSocketOverSsh(login, '/var/run/docker.sock', '/_ping'), 'OK');
      await assert.rejects(askSocketOverSsh(login, '/var/run/other.sock', '/_ping'), /Channel open failure/);
      const settings = { docker: { port: '2376', options: ['--label=port=again'] } };
      assert.ok((await bench.host.runExtension(spec.id, dockerExtension(certificates, { sequence: 21, settings }))).ok);
      assert.equal(await isOpen(spec.publicAddress, 2376), true);
    });

    it('stops the engine when DockerExtension is taken off', async () => {
      await bench.host.removeExtension(spec.id, extension('DockerExtension'));
      assert.equal(await isOpen(spec.publicAddress, 2376), false);
    });

    it('removes a guest for good, and says so of guests it does not have', async () => {
      await bench.host.remove(spec.id);
      await bench.host.remove(spec.id);
      assert.equal(await isOpen(spec.publicAddress, bench.host.sshPort), false);
      await assert.rejects(bench.host.start(spec.id), /there is no guest/);
      await assert.rejects(bench.host.runExtension(spec.id, extension('CustomScript')), /there is no guest/);
    });
  });
}
