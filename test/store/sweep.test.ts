import assert from 'node:assert/strict';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../../src/store/store.ts';
import { parseTemporaryName, temporaryName, uniqueMark } from '../../src/store/temporary-name.ts';
import { systemClock } from '../../src/wait/wait-until.ts';
import { recordOf, sidecar, temporaryRoot } from './store-fixture.ts';

const wait = { deadlineMs: 10_000 };
/** Beyond the largest number that Linux gives (proc_sys_kernel(5), pid_max). */
const DEAD = 2 ** 22 + 1;
const ofDead = (name: string) => name.replace(`~${process.pid}-`, `~${DEAD}-`);
const elsewhere = (name: string) => name.replace(/-[0-9a-f]{8}-/, '-00000000-');

test('a temporary name tells its file and whether its maker lives, as far as that can be known', () => {
  const name = temporaryName('config.json');
  assert.deepEqual(parseTemporaryName(name), { base: 'config.json', isLeftBehind: false });
  assert.equal(parseTemporaryName(ofDead(name))?.isLeftBehind, true);
  assert.equal(parseTemporaryName(elsewhere(ofDead(name)))?.isLeftBehind, false);
  for (const other of ['config.json', '.config.json', '.x~y', '.~1-2-3'])
    assert.equal(parseTemporaryName(other), undefined);
});

test('the temporary name of a long name is a name that file systems take', () => {
  for (const long of ['x'.repeat(255), '港'.repeat(85)]) {
    const name = temporaryName(long);
    assert.ok(Buffer.byteLength(name) < 255);
    assert.notEqual(parseTemporaryName(name)?.base, parseTemporaryName(temporaryName(`${long}y`))?.base);
  }
});

test('whoever works in a place clears away what the dead have left there, and nothing else', async (t) => {
  const root = await temporaryRoot(t);
  const store = openStore(root, systemClock);
  await store.create('dev', recordOf(root, 'dev'), sidecar);
  const machine = store.paths('dev').dir;
  const locks = join(root, '.locks');
  await mkdir(locks, { recursive: true });
  await mkdir(store.certificates.dir, { recursive: true });
  const own = temporaryName('config.json');
  const [dead, far, farOld] = [ofDead(own), elsewhere(ofDead(own)), elsewhere(ofDead(temporaryName('azdock.json')))];
  for (const folder of [machine, store.certificates.dir])
    for (const name of [own, dead, far, farOld, '.profile', 'notes.lock.txt']) await writeFile(join(folder, name), '');
  await mkdir(join(root, 'machines', ofDead(temporaryName('gone'))));
  const guard = `x.lock.${uniqueMark()}`;
  const [newDead, newOwn] = [`x.lock.${ofDead(`~${uniqueMark()}`).slice(1)}.new`, `x.lock.${uniqueMark()}.new`];
  for (const name of ['x.lock', guard, `${guard}9`, newDead, newOwn]) await writeFile(join(locks, name), '');
  const old = new Date(Date.now() - 4_000_000);
  for (const path of [
    join(machine, farOld),
    join(store.certificates.dir, farOld),
    join(locks, guard),
    join(locks, 'x.lock'),
  ])
    await utimes(path, old, old);

  await store.withMachineLock('dev', wait, () => store.withCertsLock(wait, async () => {}));
  assert.deepEqual(
    (await readdir(machine)).sort(),
    [own, far, '.profile', 'azdock.json', 'config.json', 'notes.lock.txt'].sort(),
  );
  assert.deepEqual((await readdir(store.certificates.dir)).sort(), [own, far, '.profile', 'notes.lock.txt'].sort());
  assert.deepEqual(await readdir(join(root, 'machines')), ['dev']);
  assert.deepEqual((await readdir(locks)).sort(), ['x.lock', `${guard}9`, newOwn].sort());
});
