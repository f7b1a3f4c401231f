import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RegionMemory } from '../../src/machine/region-memory.ts';
import { temporaryStore } from './store-fixture.ts';

const DAY_MS = 86_400_000;

test('a region in which DockerExtension failed is remembered for thirty days, by all processes', (context) => {
  const store = temporaryStore(context);
  let now = 1_000 * DAY_MS;
  const memory = new RegionMemory(store, () => now);
  assert.equal(memory.failedLately('public/westeurope'), false);
  memory.failed('public/westeurope');
  assert.equal(new RegionMemory(store, () => now).failedLately('public/westeurope'), true);
  assert.equal(memory.failedLately('public/northeurope'), false);
  now += 29 * DAY_MS;
  assert.equal(memory.failedLately('public/westeurope'), true);
  now += 2 * DAY_MS;
  assert.equal(memory.failedLately('public/westeurope'), false);
});

test('a success takes the memory back', (context) => {
  const memory = new RegionMemory(temporaryStore(context), () => 5);
  memory.failed('a');
  memory.failed('b');
  memory.worked('a');
  assert.equal(memory.failedLately('a'), false);
  assert.equal(memory.failedLately('b'), true);
});

test('a broken memory, and a store that cannot be written, are the same as none', (context) => {
  const store = temporaryStore(context);
  const memory = new RegionMemory(store, () => 5);
  memory.failed('a');
  writeFileSync(join(store, 'cache', 'azdock-regions.json'), '{');
  assert.equal(memory.failedLately('a'), false);
  const nowhere = new RegionMemory(join(store, 'cache', 'azdock-regions.json'), () => 5);
  nowhere.failed('a');
  assert.equal(nowhere.failedLately('a'), false);
});
