import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { MachineExistsError } from '../../src/errors/machine-exists-error.ts';
import { MachineNotFoundError } from '../../src/errors/machine-not-found-error.ts';
import { RecordError } from '../../src/errors/record-error.ts';
import { StoreError } from '../../src/errors/store-error.ts';
import { UsageError } from '../../src/errors/usage-error.ts';
import { Secret } from '../../src/secret/secret.ts';
import { storeFiles } from '../../src/store/files.ts';
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/wait/wait-until.ts';
import { recordOf, sidecar, temporaryRoot } from './store-fixture.ts';

const open = (root: string) => openStore(root, systemClock);
const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test('a machine is created with record and sidecar, for its owner only', async (t) => {
  const root = join(await temporaryRoot(t), 'new', 'store');
  const store = open(root);
  const before = process.umask(0o777);
  t.after(() => process.umask(before));
  process.umask(0o022);
  await store.create('dev', recordOf(root, 'dev'), sidecar);
  const paths = store.paths('dev');
  assert.deepEqual(await Promise.all([paths.dir, paths.record, paths.sidecar].map(modeOf)), ['700', '600', '600']);
  const loaded = await store.load('dev');
  assert.deepEqual([loaded.record, loaded.sidecar, loaded.version], [recordOf(root, 'dev'), sidecar, 3]);
  assert.deepEqual(await store.names(), ['dev']);
  assert.deepEqual(await readdir(join(root, 'machines')), ['dev']);
});

test('a name is taken by whatever is there', async (t) => {
  const root = await temporaryRoot(t);
  const store = open(root);
  await mkdir(store.paths('empty').dir, { recursive: true });
  await writeFile(store.paths('file').dir, '');
  for (const name of ['empty', 'file']) {
    assert.equal(await store.exists(name), true);
    await assert.rejects(store.create(name, recordOf(root, name), sidecar), MachineExistsError);
  }
  assert.equal(await store.exists('free'), false);
  assert.equal(await store.exists('../machines'), false);
  await assert.rejects(store.create('bad name', recordOf(root, 'x'), sidecar), UsageError);
});

test('of many processes that create the same machine, exactly one succeeds', async (t) => {
  const root = await temporaryRoot(t);
  const program = fileURLToPath(new URL('create-program.ts', import.meta.url));
  const said = await Promise.all(
    Array.from({ length: 6 }, async (_, index) => {
      const [message] = await once(fork(program, [root, `id-${index}`]), 'message');
      return String(message);
    }),
  );
  const winners = said.filter((word) => word.startsWith('made'));
  assert.equal(winners.length, 1, said.join());
  assert.equal(said.filter((word) => word === 'MachineExistsError').length, 5);
  assert.equal(`made ${(await open(root).load('dev')).sidecar?.id}`, winners[0]);
  assert.deepEqual(await readdir(join(root, 'machines')), ['dev']);
});

test('what is missing or broken is told apart', async (t) => {
  const root = await temporaryRoot(t);
  const store = open(root);
  await assert.rejects(store.load('dev'), MachineNotFoundError);
  await assert.rejects(store.load('../dev'), MachineNotFoundError);
  const paths = store.paths('dev');
  await mkdir(paths.dir, { recursive: true });
  await assert.rejects(store.load('dev'), (error) => {
    assert.ok(error instanceof RecordError);
    assert.match(error.message, /Machine dev has no record: .*config\.json is missing/);
    return true;
  });
  await store.saveRecord('dev', recordOf(root, 'dev'));
  assert.equal((await store.load('dev')).sidecar, undefined);
  for (const text of ['', '[]', '{"version": 2}', '{"version": 1, "id": "x", "createdAt": "", "phase": "odd"}']) {
    await writeFile(paths.sidecar, text);
    await assert.rejects(store.load('dev'), RecordError);
  }
  await writeFile(store.paths('file').dir, '');
  await assert.rejects(store.load('file'), StoreError);
});

test('a machine is removed with all that is in it, again and again, and leavings of killed processes go with it', async (t) => {
  const root = await temporaryRoot(t);
  const store = open(root);
  await store.remove('never');
  await store.create('dev', recordOf(root, 'dev'), sidecar);
  await store.create('dev.2', recordOf(root, 'dev.2'), sidecar);
  await storeFiles.writeSecret(store.paths('dev').sshKey, new Secret('key'));
  await mkdir(join(root, 'machines', '.dev~1-abc'));
  await store.remove('dev');
  await store.remove('dev');
  assert.deepEqual(await readdir(join(root, 'machines')), ['dev.2']);
});

test('keys are private and certificates are not, as docker-machine leaves them', async (t) => {
  const root = await temporaryRoot(t);
  const store = open(root);
  await store.create('dev', recordOf(root, 'dev'), sidecar);
  const paths = store.paths('dev');
  for (const path of [paths.ca, paths.cert, paths.serverCert, paths.sshPublicKey])
    await storeFiles.write(path, 'public');
  for (const path of [paths.key, paths.serverKey, paths.sshKey])
    await storeFiles.writeSecret(path, new Secret('secret'));
  assert.deepEqual(await Promise.all([paths.ca, paths.cert, paths.serverCert].map(modeOf)), ['644', '644', '644']);
  const secrets = [paths.key, paths.serverKey, paths.sshKey, paths.sshPublicKey];
  assert.deepEqual(await Promise.all(secrets.map(modeOf)), ['600', '600', '600', '600']);
  assert.equal((await storeFiles.readSecret(paths.key))?.reveal(), 'secret');
  assert.equal(await storeFiles.read(join(paths.dir, 'nothing')), undefined);
});

test('changes of a sidecar follow one another, so that none is lost', async (t) => {
  const root = await temporaryRoot(t);
  const store = open(root);
  await store.create('dev', recordOf(root, 'dev'), sidecar);
  const journal = await store.journal('dev');
  await Promise.all([
    ...Array.from({ length: 10 }, (_, index) => journal.intend(`/sub/${index}`, { shared: index % 2 === 0 })),
    store.updateSidecar('dev', (found) => ({ ...found, phase: 'ready' })),
    store.updateSidecar('dev', (found) => ({ ...found, timings: { vm: 1 } })),
    journal.ownResourceGroup(),
  ]);
  const { sidecar: found } = await store.load('dev');
  assert.equal(found?.journal.length, 10);
  assert.deepEqual([found?.phase, found?.timings, found?.ownsResourceGroup], ['ready', { vm: 1 }, true]);
});

test('the journal knows what was intended, across processes, and forgets what is gone, whatever the case of letters', async (t) => {
  const root = await temporaryRoot(t);
  await open(root).create('dev', recordOf(root, 'dev'), sidecar);
  const journal = await open(root).journal('dev');
  await journal.intend('/subscriptions/s/vm', { shared: false });
  await journal.intend('/SUBSCRIPTIONS/s/vm', { shared: false });
  await journal.intend('/subscriptions/s/vnet', { shared: true });
  assert.deepEqual(journal.entries, [
    { id: '/subscriptions/s/vm', shared: false },
    { id: '/subscriptions/s/vnet', shared: true },
  ]);
  await journal.forget('/Subscriptions/S/VM');
  await journal.forget('/never');
  const again = await open(root).journal('dev');
  assert.deepEqual([again.entries, again.ownsResourceGroup], [[{ id: '/subscriptions/s/vnet', shared: true }], false]);
});

test('a machine of docker-machine gets a sidecar with the first thing to note, and not before', async (t) => {
  const root = await temporaryRoot(t);
  const store = open(root);
  const paths = store.paths('dev');
  await mkdir(paths.dir, { recursive: true });
  await store.saveRecord('dev', recordOf(root, 'dev'));
  const journal = await store.journal('dev');
  await journal.forget('/x');
  await assert.rejects(stat(paths.sidecar), { code: 'ENOENT' });
  await journal.intend('/x', { shared: false });
  const { sidecar: found } = await store.load('dev');
  assert.equal(found?.phase, 'ready');
  assert.match(found?.id ?? '', /^[0-9a-f-]{36}$/);
  assert.equal(await modeOf(paths.sidecar), '600');
});

test('keys of the sidecar that this version does not know survive', async (t) => {
  const root = await temporaryRoot(t);
  const store = open(root);
  await store.create('dev', recordOf(root, 'dev'), sidecar);
  const { sidecar: file } = store.paths('dev');
  await writeFile(file, JSON.stringify({ ...sidecar, later: { a: 1 } }));
  await store.updateSidecar('dev', (found) => ({ ...found, phase: 'ready' }));
  assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), { ...sidecar, later: { a: 1 }, phase: 'ready' });
});

test('a store whose directory is none is an error that says so', async (t) => {
  const root = await temporaryRoot(t);
  await writeFile(join(root, 'machines'), '');
  await assert.rejects(open(root).names(), /Cannot read .*machines: .* a file, not a directory \(ENOTDIR\)/);
  await assert.rejects(open(root).create('dev', recordOf(root, 'dev'), sidecar), StoreError);
});
