import assert from 'node:assert/strict';
import { cp, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { StoreError } from '../../src/errors/store-error.ts';
import { openStore } from '../../src/store/store.ts';
import { systemClock } from '../../src/wait/wait-until.ts';
import { temporaryRoot } from './store-fixture.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const wait = { deadlineMs: 10_000 };
const open = (root: string) => openStore(root, systemClock);

test('a store has no id until one is needed, and keeps it from then on', async (t) => {
  const root = join(await temporaryRoot(t), 'new', 'store');
  assert.equal(await open(root).id(), undefined);
  const id = await open(root).ensureId(wait);
  assert.match(id, UUID);
  assert.deepEqual([await open(root).id(), await open(root).ensureId(wait)], [id, id]);
  const { mode } = await stat(join(root, 'azdock-store.json'));
  assert.equal((mode & 0o777).toString(8), '600');
});

test('whoever asks first at the same time, all get the same id', async (t) => {
  const root = join(await temporaryRoot(t), 'store');
  const ids = await Promise.all(Array.from({ length: 8 }, () => open(root).ensureId(wait)));
  assert.equal(new Set(ids).size, 1);
  assert.deepEqual(await readdir(join(root, '.locks')), []);
});

test('a store that is moved keeps its id; a copy gets its own', async (t) => {
  const directory = await temporaryRoot(t);
  const [first, moved, copy] = ['first', 'moved', 'copy'].map((name) => join(directory, name));
  assert.ok(first !== undefined && moved !== undefined && copy !== undefined);
  const id = await open(first).ensureId(wait);
  await rename(first, moved);
  await cp(moved, copy, { recursive: true });
  assert.equal(await open(moved).id(), id);
  assert.equal(await open(copy).id(), undefined);
  assert.notEqual(await open(copy).ensureId(wait), id);
  assert.equal(await open(moved).id(), id);
});

test('a file that holds no id is told by its name, and left as it is', async (t) => {
  const root = await temporaryRoot(t);
  const file = join(root, 'azdock-store.json');
  for (const text of ['', '{}', '[]', '{"version":2,"id":"a","place":"b"}']) {
    await writeFile(file, text);
    await assert.rejects(open(root).ensureId(wait), (error) => error instanceof StoreError && error.resource === file);
    assert.equal(await readFile(file, 'utf8'), text);
  }
});
