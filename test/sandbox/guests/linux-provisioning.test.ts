import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import type { GuestSpec } from '../../../src/sandbox/guests/guest-host.ts';
import { linuxGuests, needs } from '../../skip.ts';
import { certificateSet } from './certificates.ts';
import { runOverSsh } from './clients.ts';
import { allow, Bench, base64, dockerExtension, extension } from './fixtures.ts';

describe('provisioning of linux guests', needs(...linuxGuests, 'busybox', 'docker-compose'), () => {
  let bench: Bench;
  let spec: GuestSpec & { publicAddress: string };
  const run = (guest: { readonly publicAddress: string }, command: string) => runOverSsh(bench.login(guest), command);
  const asRoot = async (command: string) => (await run(spec, `sudo sh -c '${command}'`)).output;

  before(async () => {
    bench = await Bench.open('linux');
    await busyboxImage(join(bench.directory, 'images'));
    spec = await bench.spec('provisioned');
    await bench.host.create(spec);
    await bench.host.setFirewall(spec.id, [allow(22)]);
  });
  after(() => bench[Symbol.asyncDispose]());

  it('leaves the engine installed and enabled, but not started', async () => {
    assert.equal(await asRoot('systemctl is-enabled docker; systemctl is-active docker'), 'enabled\ninactive\n');
    assert.equal((await run(spec, 'docker info 2>&1')).code, 1, 'the admin user is not in group docker');
  });

  it('runs DockerExtension file for file', async () => {
    const certificates = certificateSet(spec.publicAddress);
    const settings = { docker: { port: '2376', options: ['--label=a=b', '--live-restore'] } };
    const verdict = await bench.host.runExtension(spec.id, dockerExtension(certificates, { settings }));
    assert.deepEqual(verdict, { ok: true, message: 'Enable Docker succeeded' });
    const files = await asRoot('stat -c "%n %a %U" /etc/docker/*.pem /var/lib/waagent /var/lib/waagent/*');
    assert.deepEqual(files.trim().split('\n'), [
      '/etc/docker/ca.pem 600 root',
      '/etc/docker/cert.pem 600 root',
      '/etc/docker/key.pem 600 root',
      '/var/lib/waagent 700 root',
      '/var/lib/waagent/Microsoft.Azure.Extensions.DockerExtension-1.2.2 700 root',
    ]);
    assert.equal(await asRoot('cat /etc/docker/cert.pem'), certificates.server.cert);
    assert.equal(
      await asRoot('grep ^ExecStart= /lib/systemd/system/docker.service'),
      'ExecStart=/usr/bin/dockerd -H=fd:// --tlsverify --tlscacert=/etc/docker/ca.pem --tlscert=/etc/docker/cert.pem ' +
        '--tlskey=/etc/docker/key.pem -H=0.0.0.0:2376 --label=a=b --live-restore\n',
    );
    assert.match(await asRoot('id -nG azureuser'), /\bdocker\b/);
    assert.match(
      await asRoot('cat /var/log/azure/Microsoft.Azure.Extensions.DockerExtension/1.2.2/docker-extension.log'),
      /restart needed: true/,
    );
    const status = await asRoot('cat /var/lib/waagent/*DockerExtension-1.2.2/status/1.status');
    assert.match(status, /"operation":"Enable Docker","status":"success"/);
    assert.doesNotMatch(await asRoot('cat /var/lib/waagent/*DockerExtension-1.2.2/config/*'), /PRIVATE|LS0t/);
  });

  it('has the images of the sandbox in the engine, and starts a compose project with its environment', async () => {
    assert.match(await asRoot('docker image ls --format "{{.Repository}}:{{.Tag}}"'), /^busybox:latest$/m);
    const settings = {
      docker: { port: '2376', options: ['--label=a=b', '--live-restore'] },
      compose: { web: { image: 'busybox', command: 'busybox sleep 600', environment: ['SECRET'] } },
      'compose-environment': { COMPOSE_PROJECT_NAME: 'shop' },
    };
    const certificates = certificateSet(spec.publicAddress);
    const plain = dockerExtension(certificates, { sequence: 2, settings });
    const protectedSettings = { ...plain.protectedSettings, environment: { SECRET: 'in the environment' } };
    const verdict = await bench.host.runExtension(spec.id, { ...plain, protectedSettings });
    assert.deepEqual(verdict, { ok: true, message: 'Enable Docker succeeded' });
    assert.equal(await asRoot('docker exec shop_web_1 busybox env | grep SECRET'), 'SECRET=in the environment\n');
    assert.match(await asRoot('cat /etc/docker/compose/docker-compose.yml'), /^web:\n {2}image: busybox\n/);
  });

  it('fails a registry login as the real handler does on engines of today', async () => {
    const login = { username: 'u', password: 'not-a-secret' };
    const settings = { docker: { port: '2376', options: ['--label=a=b', '--live-restore'] } };
    const plain = dockerExtension(certificateSet(spec.publicAddress), { sequence: 3, settings });
    const run = { ...plain, protectedSettings: { ...plain.protectedSettings, login } };
    const verdict = await bench.host.runExtension(spec.id, run);
    assert.deepEqual(verdict, { ok: false, message: "Enable Docker failed: ERROR: 'docker login' failed" });
  });

  it('runs CustomScript once for each sequence number and reports the end of its output', async () => {
    const script = '#!/bin/sh\r\necho ran >>/root/runs; seq 1 2000; echo "to stderr" >&2; exit 3\r\n';
    const failing = extension('CustomScript', { protectedSettings: { script: base64(gzipSync(script)) } });
    const first = await bench.host.runExtension(spec.id, failing);
    assert.equal(first.ok, false);
    assert.match(
      first.message,
      /^Enable failed: failed to execute command: command terminated with exit status=3\n\[stdout\]\n[\s\S]*\n2000\n\n\[stderr\]\nto stderr\n$/,
    );
    assert.equal(first.message.includes('\n1\n'), false, 'only the last 4096 bytes');
    assert.deepEqual(await bench.host.runExtension(spec.id, failing), first);
    assert.equal(await asRoot('cat /root/runs'), 'ran\n');
    const files = await asRoot(
      'cd /var/lib/waagent/custom-script/download/1 && stat -c "%n %a" . script.sh stdout stderr',
    );
    assert.equal(files, '. 700\nscript.sh 500\nstdout 600\nstderr 600\n');

    const command = { commandToExecute: 'echo "$PWD"; cat /proc/self/environ | tr "\\0" "\\n" | grep -c AZDOCK; true' };
    const second = await bench.host.runExtension(
      spec.id,
      extension('CustomScript', { sequence: 2, settings: command }),
    );
    assert.equal(
      second.message,
      'Enable succeeded: \n[stdout]\n/var/lib/waagent/custom-script/download/2\n0\n\n[stderr]\n',
    );
  });

  it('removes what CustomScript leaves', async () => {
    await bench.host.removeExtension(spec.id, extension('CustomScript'));
    assert.equal(await asRoot('ls /var/lib/waagent'), 'Microsoft.Azure.Extensions.DockerExtension-1.2.2\n');
  });

  it('keeps containers over a restart of the engine, and starts the engine by itself after a reboot', async () => {
    assert.match(await asRoot('systemctl restart docker; docker ps'), /shop_web_1/);
    await bench.host.restart(spec.id);
    assert.equal(await asRoot('systemctl is-active docker'), 'active\n');
  });

  it('runs custom data of every form before it counts as provisioned', async () => {
    const cloudConfig = [
      '#cloud-config',
      'bootcmd: [[sh, -c, "echo boot >/root/order"]]',
      'write_files:',
      "- {path: /root/plain, content: 'a', permissions: '0600', owner: 'azureuser:azureuser'}",
      "- {path: /root/plain, content: 'b', append: true, permissions: '0600', owner: 'azureuser:azureuser'}",
      `- {path: /root/packed, encoding: gz+b64, content: ${base64(gzipSync('packed'))}}`,
      'runcmd:',
      '- echo "run $(id -u)" >>/root/order',
      "- [sh, -c, 'echo \"it''s\" >>/root/order']",
    ].join('\n');
    const multipart = [
      'Content-Type: multipart/mixed; boundary="=B="',
      'MIME-Version: 1.0',
      '',
      '--=B=',
      'Content-Type: text/cloud-config',
      '',
      cloudConfig,
      '--=B=',
      'Content-Type: text/x-shellscript',
      'Content-Transfer-Encoding: base64',
      '',
      base64('#!/bin/bash\necho script >>/root/order; echo said; false\n'),
      '--=B=--',
      '',
    ].join('\n');
    const guest = await bench.spec('custom', { privateAddress: '10.0.0.7' });
    await bench.host.create({ ...guest, customData: gzipSync(multipart) });
    await bench.host.setFirewall(guest.id, [allow(22)]);
    const output = async (command: string) => (await run(guest, `sudo sh -c '${command}'`)).output;
    assert.equal(await output('cat /root/order'), "boot\nrun 0\nit's\nscript\n");
    assert.equal(
      await output('cat /root/plain; stat -c "%a %U" /root/plain; cat /root/packed'),
      'ab600 azureuser\npacked',
    );
    assert.equal(await output('cat /var/log/cloud-init-output.log'), 'said\n');
    assert.equal(await output('stat -c %a /var/lib/cloud/instance/user-data.txt'), '600\n');
    assert.deepEqual(await run(guest, 'cloud-init status --wait').then(({ code, output }) => [code, output]), [
      1,
      'status: error\n',
    ]);
    assert.match(await output('cat /run/cloud-init/result.json'), /part-001: exit code 1/);
    await bench.host.remove(guest.id);
  });

  it('names the key of a #cloud-config that it does not understand', async () => {
    const guest = await bench.spec('unknown', { privateAddress: '10.0.0.8' });
    await bench.host.create({ ...guest, customData: Buffer.from('#cloud-config\npackages: [nginx]\n') });
    await bench.host.setFirewall(guest.id, [allow(22)]);
    assert.match((await run(guest, 'cat /run/cloud-init/result.json')).output, /do not understand \\"packages\\"/);
    assert.ok(bench.log.some((line) => line.includes('"packages"')));
    await bench.host.remove(guest.id);
  });
});

/** An archive of a root file system with nothing but busybox, as `docker import` takes it. */
async function busyboxImage(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const root = await mkdtemp(join(tmpdir(), 'azdock-image-'));
  await mkdir(join(root, 'bin'));
  execFileSync('sh', [
    '-c',
    'cp "$(command -v busybox)" "$1/bin/busybox"; for name in sh sleep; do ln -s busybox "$1/bin/$name"; done',
    'image',
    root,
  ]);
  execFileSync('tar', ['-C', root, '-cf', join(folder, 'busybox.tar'), '.']);
  await rm(root, { recursive: true, force: true });
}
