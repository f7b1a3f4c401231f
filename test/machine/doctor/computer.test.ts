import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { allowFrom } from '../../../src/machine/doctor/computer/allow-from.ts';
import { dockerCli } from '../../../src/machine/doctor/computer/docker-cli.ts';
import { dockerTarget } from '../../../src/machine/doctor/computer/docker-target.ts';
import { node } from '../../../src/machine/doctor/computer/node.ts';
import { proxy } from '../../../src/machine/doctor/computer/proxy.ts';
import { records } from '../../../src/machine/doctor/computer/records.ts';
import { sandbox } from '../../../src/machine/doctor/computer/sandbox.ts';
import { sshProgram } from '../../../src/machine/doctor/computer/ssh-program.ts';
import { storeLeftovers } from '../../../src/machine/doctor/computer/store-leftovers.ts';
import { storeSpace } from '../../../src/machine/doctor/computer/store-space.ts';
import { store } from '../../../src/machine/doctor/computer/store.ts';
import { temporaryName } from '../../../src/store/temporary-name.ts';
import { needs } from '../../skip.ts';
import { addMachine, azureKeys, temporaryStore } from '../store-fixture.ts';
import { computer, find } from './subjects.ts';

/** A store with one machine, as private as azdock makes it. */
function storeWithMachine(t: TestContext): string {
  const root = temporaryStore(t);
  addMachine(root, 'dev', 'azure', azureKeys('20.1.2.3', 2376));
  for (const place of [root, join(root, 'machines')]) chmodSync(place, 0o700);
  return root;
}

/** A folder with one program that says what it is told. */
function program(t: TestContext, name: string, says: string): { readonly PATH: string } {
  const folder = join(temporaryStore(t), 'bin');
  mkdirSync(folder);
  writeFileSync(join(folder, name), `#!/bin/sh\necho '${says}' >&2\n`, { mode: 0o755 });
  return { PATH: folder };
}

suite('what doctor finds on this computer', () => {
  test('Node.js: new enough, or too old', async (t) => {
    const root = temporaryStore(t);
    assert.equal((await find(node, computer(root))).verdict, 'ok');
    for (const nodeVersion of ['22.12.9', '20.19.0']) {
      const { verdict, fix } = await find(node, computer(root, { nodeVersion }));
      assert.deepEqual([verdict, fix?.kind], ['problem', 'advice']);
    }
  });

  test('the store: good, not there yet, open to others, with keys that others read, elsewhere', async (t) => {
    const root = storeWithMachine(t);
    assert.deepEqual(await find(store, computer(root)), { verdict: 'ok', message: `${root}, 1 machine.` });
    assert.match((await find(store, computer(`${root}-none`))).message, /the first machine will make/);
    chmodSync(root, 0o755);
    const open = await find(store, computer(root));
    assert.deepEqual([open.verdict, open.fix?.text], ['warning', `chmod 700 ${root}`]);
    const key = join(root, 'machines', 'dev', 'id_rsa');
    writeFileSync(key, 'x', { mode: 0o644 });
    const readable = await find(store, computer(root));
    assert.deepEqual([readable.verdict, readable.fix?.text], ['problem', `chmod 600 ${key}`]);
    symlinkSync(temporaryStore(t), join(root, 'machines', 'far'));
    // A link is no machine's directory; one in the place of all of them is.
    const moved = temporaryStore(t);
    symlinkSync(join(root, 'machines'), join(moved, 'machines'));
    const away = await find(store, computer(moved));
    assert.equal(away.verdict, 'problem');
    assert.match(away.message, /symbolic link that leads out of the store/);
  });

  test('room: some, and none where the file system is full', async (t) => {
    assert.equal((await find(storeSpace, computer(join(temporaryStore(t), 'a', 'b')))).verdict, 'ok');
  });

  test('room: too little', needs({ what: 'Linux', met: process.platform === 'linux' }), async () => {
    // /proc has no room for anything.
    assert.equal((await find(storeSpace, computer('/proc/azdock'))).verdict, 'problem');
  });

  test('leftovers: none, a beginning of a write, a lock of the dead', async (t) => {
    const root = storeWithMachine(t);
    assert.deepEqual(await find(storeLeftovers, computer(root)), { verdict: 'ok', message: 'None.' });
    // Not left behind: its process, this one, lives.
    writeFileSync(join(root, 'machines', 'dev', temporaryName('config.json')), '{');
    assert.equal((await find(storeLeftovers, computer(root))).verdict, 'ok');
    const dead = temporaryName('azdock.json').replace(/~\d+-/, '~4194305-');
    writeFileSync(join(root, 'machines', 'dev', dead), '{');
    mkdirSync(join(root, '.locks'));
    const holder = { pid: 0, host: hostname(), since: new Date().toISOString(), nonce: 'n' };
    writeFileSync(join(root, '.locks', 'machine-dev.lock'), JSON.stringify(holder));
    const { verdict, message } = await find(storeLeftovers, computer(root));
    assert.equal(verdict, 'warning');
    assert.match(message, /1 temporary file and 1 lock, such as .*azdock\.json~4194305/);
  });

  test('records: readable, broken, unfinished', async (t) => {
    const root = storeWithMachine(t);
    assert.equal((await find(records, computer(root))).verdict, 'ok');
    const sidecar = { version: 1, id: 'i', phase: 'failed', createdAt: new Date().toISOString(), journal: [] };
    writeFileSync(join(root, 'machines', 'dev', 'azdock.json'), JSON.stringify(sidecar));
    const unfinished = await find(records, computer(root));
    assert.deepEqual([unfinished.verdict, unfinished.fix?.text], ['warning', 'azdock create dev --resume']);
    addMachine(root, 'torn', 'azure', azureKeys('20.1.2.3', 2376));
    writeFileSync(join(root, 'machines', 'torn', 'config.json'), '{"ConfigVersion":');
    const broken = await find(records, computer(root));
    assert.equal(broken.verdict, 'problem');
    assert.match(broken.message, /torn.* 1 more need a look\.$/);
    assert.ok(broken.fix);
  });

  test('docker: none, too old for new engines, good, and without a version', async (t) => {
    const root = temporaryStore(t);
    const look = async (environment: Record<string, string>) => find(dockerCli, computer(root, { environment }));
    assert.match((await look({})).message, /no docker command/);
    assert.match(
      (await look(program(t, 'docker', 'Docker version 20.10.24+dfsg1, build 297e128'))).message,
      /20\.10\.24\+dfsg1 is too old/,
    );
    assert.equal((await look(program(t, 'docker', 'Docker version 28.2.2, build e6534b4'))).verdict, 'ok');
    assert.equal((await look(program(t, 'docker', 'Hello.'))).verdict, 'warning');
  });

  test('docker contexts: none, one of a machine that is gone, and DOCKER_HOST above one', async (t) => {
    const root = storeWithMachine(t);
    const dockerConfig = join(temporaryStore(t), '.docker');
    const look = (environment = {}) => find(dockerTarget, computer(root, { environment, dockerConfig }));
    assert.deepEqual([(await look()).verdict, (await look()).message.includes('context default')], ['ok', true]);
    const put = (name: string) => {
      const meta = join(dockerConfig, 'contexts', 'meta', createHash('sha256').update(name).digest('hex'));
      mkdirSync(meta, { recursive: true });
      const document = { Name: name, Metadata: { azdock: { machine: name, store: root } }, Endpoints: {} };
      writeFileSync(join(meta, 'meta.json'), JSON.stringify(document));
    };
    put('dev');
    assert.match((await look()).message, /1 of its contexts/);
    writeFileSync(join(dockerConfig, 'config.json'), '{"currentContext":"dev"}');
    const above = await look({ DOCKER_HOST: 'tcp://192.0.2.1:2375' });
    assert.deepEqual([above.verdict, above.fix?.text], ['warning', 'eval "$(azdock env --unset)"']);
    put('gone');
    const lost = await look();
    assert.deepEqual([lost.verdict, lost.fix?.text], ['warning', 'docker context rm -f gone']);
  });

  test('ssh: none, and one', async (t) => {
    const root = temporaryStore(t);
    assert.equal((await find(sshProgram, computer(root))).verdict, 'warning');
    const environment = program(t, 'ssh', 'OpenSSH_9.2p1 Debian-2, OpenSSL 3.0');
    assert.match((await find(sshProgram, computer(root, { environment }))).message, /^OpenSSH_9\.2p1 \(\/.*ssh\)\.$/);
  });

  test('a proxy: none, one that is gone past, and one that would get in the way', async (t) => {
    const root = storeWithMachine(t);
    const HTTPS_PROXY = 'http://proxy.example:3128';
    const look = (environment: Record<string, string>) => find(proxy, computer(root, { environment }));
    assert.equal((await look({})).message, 'None is set.');
    assert.equal((await look({ HTTPS_PROXY, NO_PROXY: '20.0.0.0/8' })).verdict, 'ok');
    const { verdict, message, fix } = await look({ HTTPS_PROXY });
    assert.equal(verdict, 'warning');
    assert.match(message, /dev \(20\.1\.2\.3\) through the proxy http:\/\/proxy\.example:3128/);
    assert.match(fix?.text ?? '', /NO_PROXY: 20\.1\.2\.3/);
  });

  test('who may reach new machines: unset, wrong, everybody, others only, this computer', async (t) => {
    const root = temporaryStore(t);
    const look = (value: string | undefined, ownAddresses: readonly string[] = ['20.7.7.7']) => {
      const environment = value === undefined ? {} : { AZDOCK_AZURE_ALLOW_FROM: value };
      return find(allowFrom, computer(root, { environment, ownAddresses }));
    };
    const unset = await look(undefined);
    assert.deepEqual([unset.verdict, unset.fix?.text], ['warning', 'export AZDOCK_AZURE_ALLOW_FROM=20.7.7.7']);
    assert.equal((await look(undefined, [])).fix?.kind, 'advice');
    const onSandbox = await find(allowFrom, computer(root, { azure: { environment: 'sandbox' } }));
    assert.equal(onSandbox.verdict, 'ok');
    assert.equal((await look('nonsense.')).verdict, 'problem');
    assert.match((await look('*')).message, /everybody/);
    const others = await look('20.8.8.8');
    assert.deepEqual(
      [others.verdict, others.fix?.text],
      ['warning', 'export AZDOCK_AZURE_ALLOW_FROM=20.8.8.8,20.7.7.7'],
    );
    assert.equal((await look('20.7.0.0/16')).verdict, 'ok');
    assert.equal((await look('20.8.8.8', [])).verdict, 'ok');
  });

  test('the sandbox: down and wanted, down and not wanted; it is not started', async (t) => {
    const root = temporaryStore(t);
    const environment = { AZDOCK_SANDBOX_DIR: join(root, 'sandbox') };
    const wanted = await find(sandbox, computer(root, { environment, azure: { environment: 'sandbox' } }));
    assert.deepEqual([wanted.verdict, wanted.fix?.text], ['problem', 'azdock sandbox up']);
    assert.equal((await find(sandbox, computer(root, { environment }))).verdict, 'ok');
  });
});
