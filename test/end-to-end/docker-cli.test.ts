import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createCa, createClientCertificate } from '../../src/certs/create-certificates.ts';
import { Secret } from '../../src/secret/secret.ts';
import { isOpen } from '../sandbox/guests/clients.ts';
import { linuxGuests, needs } from '../skip.ts';
import { LINUX, World } from './azdock.ts';
import { busyboxFolder } from './busybox-image.ts';
import { addressOf, type ClientSet, clientSet, docker, dockerOk, machineFolder, ping } from './engine.ts';
import { onHost } from './host.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('a created machine', needs(...linuxGuests, 'docker', 'bash', 'openssl', 'busybox'), () => {
  let world: World;

  before(async () => {
    world = await World.create(LINUX);
    await world.ok(['create', 'dev', '--azure-open-port', '8080']);
  });
  after(() => world?.destroy());

  it('lets the docker CLI import an image and run a container after eval "$(azdock env dev)"', async () => {
    const script = [
      'set -e',
      'eval "$(azdock env dev)"',
      `tar -C ${busyboxFolder()} -c busybox | docker import - tiny`,
      'docker run --rm tiny /busybox echo "hello from $DOCKER_MACHINE_NAME"',
    ].join('\n');
    const { code, stdout, stderr } = await world.program('bash', ['-c', script], { env: { SHELL: '/bin/bash' } });
    assert.equal(code, 0, stderr);
    const [image, ...words] = stdout.trim().split('\n');
    assert.match(image ?? '', /^sha256:[0-9a-f]{64}$/);
    assert.deepEqual(words, ['hello from dev']);
  });

  it('lets the docker CLI in with the flags that config prints', async () => {
    const script = 'docker $(azdock config dev) version --format {{.Server.Version}}';
    const { code, stdout, stderr } = await world.program('bash', ['-c', script]);
    assert.equal(code, 0, stderr);
    const [machine] = await world.json(['ls']);
    assert.equal(stdout.trim(), machine.docker);
  });

  describe('to clients that it does not know', () => {
    let strangers: Map<string, string>;

    before(async () => {
      strangers = await writeStrangers(world);
    });

    it('answers the client that azdock made', async () => {
      const answer = await ping(world, 'dev', await clientSet(machineFolder(world, 'dev')));
      assert.deepEqual(answer, { status: 200, body: 'OK' });
    });

    it('refuses a client without a certificate', async () => {
      const { ca } = await clientSet(machineFolder(world, 'dev'));
      await assert.rejects(ping(world, 'dev', { ca }), /certificate required|bad certificate/);
      const said = await openssl(world, 'dev', []);
      assert.match(said, /alert (certificate required|bad certificate)/);
      assert.doesNotMatch(said, /200 OK/);
    });

    for (const who of ['another CA', 'an expired certificate']) {
      it(`refuses a client with ${who}`, async () => {
        const folder = strangers.get(who) ?? '';
        const set = await clientSet(folder);
        await assert.rejects(ping(world, 'dev', set), /alert|ECONNRESET/i);

        const { code, stderr } = await docker(world, 'dev', ['version'], { certificates: folder });
        assert.equal(code, 1);
        assert.match(stderr, /remote error: tls: |bad certificate/);

        const said = await openssl(world, 'dev', ['-cert', join(folder, 'cert.pem'), '-key', join(folder, 'key.pem')]);
        assert.match(said, /alert/);
        assert.doesNotMatch(said, /200 OK/);
      });
    }

    it('is asked by openssl with the right certificate in the same way, and answers', async () => {
      const folder = machineFolder(world, 'dev');
      const said = await openssl(world, 'dev', ['-cert', join(folder, 'cert.pem'), '-key', join(folder, 'key.pem')]);
      assert.match(said, /200 OK/);
    });
  });

  it('has no port open but those that were asked for', async () => {
    const host = await addressOf(world, 'dev');
    const serve = ['/busybox', 'httpd', '-f', '-p', '80', '-h', '/'];
    await dockerOk(world, 'dev', ['run', '-d', '-p', '8080:80', '-p', '8081:80', 'tiny', ...serve]);
    const answers = 'until busybox wget -q -O /dev/null http://127.0.0.1:8081/etc/hostname; do sleep 0.1; done';
    await onHost(world, 'dev', `timeout 20 bash -c '${answers}'`);
    assert.equal(await isOpen(host, 8080), true, 'the one that --azure-open-port opened');
    assert.equal(await isOpen(host, 8081), false, 'the one that nobody opened');
    assert.equal(await isOpen(host, 22), true);
    assert.equal(await isOpen(host, 2376), true);
  });
});

/** Client sets that trust the engine and that it must not trust, a folder each. */
async function writeStrangers(world: World): Promise<Map<string, string>> {
  const { ca } = await clientSet(machineFolder(world, 'dev'));
  const now = new Date();
  const other = await createCa({ user: 'tester', now });
  const caKey = new Secret(execFileSync('cat', [join(world.store, 'certs', 'ca-key.pem')], { encoding: 'utf8' }));
  const longAgo = new Date(now.getTime() - 2_000 * DAY_MS);
  const sets = {
    'another CA': await createClientCertificate({ user: 'tester', now, ca: other }),
    'an expired certificate': await createClientCertificate({
      user: 'tester',
      now: longAgo,
      ca: { cert: ca, key: caKey },
    }),
  };
  const folders = new Map<string, string>();
  for (const [who, { cert, key }] of Object.entries(sets)) {
    const folder = join(world.directory, who);
    await writeSet(folder, { ca, cert, key: key.reveal() });
    folders.set(who, folder);
  }
  return folders;
}

async function writeSet(folder: string, set: ClientSet): Promise<void> {
  await mkdir(folder);
  for (const [name, text] of Object.entries(set)) await writeFile(join(folder, `${name}.pem`), text, { mode: 0o600 });
}

/** Asks for `/_ping` with `openssl s_client`. @returns all that it said */
async function openssl(world: World, machine: string, client: readonly string[]): Promise<string> {
  const host = await addressOf(world, machine);
  const ca = join(machineFolder(world, machine), 'ca.pem');
  const server = ['-connect', `${host}:2376`, '-CAfile', ca, '-verify_return_error'];
  const { stdout, stderr } = await world.program('openssl', ['s_client', ...server, ...client, '-ign_eof'], {
    input: 'GET /_ping HTTP/1.0\r\nHost: engine\r\n\r\n',
  });
  return `${stdout}\n${stderr}`;
}
