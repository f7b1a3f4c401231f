import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { openGuestHost } from '../../../src/sandbox/guests/choose.ts';
import { parseEngineScript } from '../../../src/sandbox/guests/simulated/engine-script.ts';
import { certificateSet } from './certificates.ts';
import { askEngine, runOverSsh } from './clients.ts';
import { allow, Bench, base64, dockerExtension, engineScript, extension } from './fixtures.ts';

describe('simulated guests', () => {
  it('name themselves, and refuse what they cannot do', async () => {
    await using bench = await Bench.open('simulated');
    const spec = await bench.spec('plain');
    await bench.host.create(spec);
    await bench.host.setFirewall(spec.id, [allow(22), allow(2376)]);
    const certificates = certificateSet(spec.publicAddress);
    await bench.host.runExtension(spec.id, dockerExtension(certificates));
    const target = { host: spec.publicAddress, port: 2376 };
    assert.match((await askEngine({ ...target, path: '/v1.40/version' }, certificates)).body, /simulated/);
    assert.match((await askEngine({ ...target, path: '/info' }, certificates)).body, /no containers run here/);
    const refused = await askEngine({ ...target, path: '/v1.40/containers/create', method: 'POST' }, certificates);
    assert.equal(refused.status, 501);
    assert.match(refused.body, /"message":"simulated guest: .* POST \/containers\/create"/);
    const shell = await runOverSsh(bench.login(spec), 'sudo rm -rf /; exit 0');
    assert.deepEqual([shell.code, shell.output], [127, 'simulated guest: cannot run sudo rm -rf /; exit 0\n']);
  });

  it('say which scripts and settings they cannot play', async () => {
    await using bench = await Bench.open('simulated');
    const spec = await bench.spec('plain');
    await bench.host.create({ ...spec, customData: Buffer.from('#!/bin/sh\nreboot\n') });
    assert.deepEqual(bench.log, ['cloud-init: simulated guests cannot run scripts']);
    const script = extension('CustomScript', { protectedSettings: { script: base64('#!/bin/sh\nreboot\n') } });
    assert.deepEqual(await bench.host.runExtension(spec.id, script), {
      ok: false,
      message: 'Enable failed: simulated guests cannot run scripts',
    });
    const compose = extension('DockerExtension', { settings: { compose: { web: { image: 'nginx' } } } });
    assert.match((await bench.host.runExtension(spec.id, compose)).message, /simulated guests run no containers/);
    const noCertificates = extension('DockerExtension', { settings: { docker: { port: '2375' } } });
    assert.match((await bench.host.runExtension(spec.id, noCertificates)).message, /only with certificates/);
    const broken = dockerExtension(certificateSet(spec.publicAddress));
    const certs = { ca: base64('x'), cert: base64('x'), key: base64('x') };
    const verdict = await bench.host.runExtension(spec.id, { ...broken, protectedSettings: { certs } });
    assert.match(verdict.message, /^Enable Docker failed: ERROR: /);
  });

  it('forward to an engine of this computer when there is one', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'azdock-forward-'));
    const socket = join(directory, 'engine.sock');
    const engine = createServer((request, response) => response.end(`real ${request.method} ${request.url}`));
    engine.listen(socket);
    await once(engine, 'listening');
    const host = await openGuestHost('simulated', { directory, log: () => {}, localEngineSocket: socket });
    try {
      const publicAddress = await host.allocateAddress();
      const image = { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server' };
      const spec = {
        id: '/vm',
        computerName: 'vm',
        adminUsername: 'u',
        publicKeys: [],
        privateAddress: '10.0.0.4',
        image,
      };
      const certificates = certificateSet(publicAddress);
      await host.create({ ...spec, publicAddress, customData: Buffer.from(engineScript(certificates)) });
      await host.setFirewall(spec.id, [allow(2376)]);
      const target = { host: publicAddress, port: 2376, path: '/containers/create', method: 'POST' };
      assert.equal((await askEngine(target, certificates)).body, 'real POST /containers/create');
      await assert.rejects(askEngine(target, certificates, {}));
    } finally {
      await host.close({ keepDisks: false });
      engine.close();
      await rm(directory, { recursive: true, force: true });
    }
  });

  it('read a provisioning script only when it has the header and all three files', () => {
    const script = engineScript(certificateSet('127.0.0.1'));
    assert.equal(parseEngineScript(script)?.port, 2376);
    assert.equal(parseEngineScript(script.replace('# azdock-engine', '# engine')), undefined);
    assert.equal(parseEngineScript(script.replace('/etc/docker/key.pem', '/tmp/key.pem')), undefined);
    assert.equal(parseEngineScript(script.replace('2376}', '"x"}')), undefined);
  });
});
