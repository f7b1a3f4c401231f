import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { readClaims } from '../../../src/machine/prune/claims.ts';
import { openStore } from '../../../src/store/store.ts';
import { systemClock } from '../../../src/wait/wait-until.ts';
import { recordOf, sidecar, temporaryRoot } from '../../store/store-fixture.ts';

const found = (id: string, machine = 'dev', resourceId = '/r') => ({ id, machine, resourceId });

test('a record claims by its id and by what its journal names, whatever its phase', async (t) => {
  const root = await temporaryRoot(t);
  const journal = [{ id: '/subscriptions/S/Thing', shared: true }];
  for (const phase of ['creating', 'ready', 'failed', 'removing'] as const)
    await openStore(root, systemClock).create(phase, recordOf(root, phase), {
      ...sidecar,
      id: `id-${phase}`,
      phase,
      journal,
    });
  const claims = readClaims([root]);
  for (const phase of ['creating', 'ready', 'failed', 'removing']) assert.equal(claims.has(found(`id-${phase}`)), true);
  assert.equal(claims.has(found('another')), false);
  assert.equal(claims.has(found('another', 'ready')), false, 'a name alone claims nothing');
  assert.equal(claims.has(found('another', 'dev', '/Subscriptions/s/thing')), true);
});

test('all stores count, and one that is empty claims nothing', async (t) => {
  const [one, other] = [await temporaryRoot(t), await temporaryRoot(t)];
  await openStore(other, systemClock).create('dev', recordOf(other, 'dev'), sidecar);
  assert.equal(readClaims([one]).has(found(sidecar.id)), false);
  assert.equal(readClaims([one, other]).has(found(sidecar.id)), true);
});

test('a machine without a usable azdock.json claims by its name, and is told of; one of docker-machine has none', async (t) => {
  const root = await temporaryRoot(t);
  for (const name of ['broken', 'classic']) await mkdir(join(root, 'machines', name), { recursive: true });
  await writeFile(join(root, 'machines', 'broken', 'azdock.json'), '{');
  const warnings: string[] = [];
  const claims = readClaims([root], (message) => warnings.push(message));
  assert.equal(claims.has(found('any', 'broken')), true);
  assert.equal(claims.has(found('any', 'classic')), false);
  assert.match(warnings.join('\n'), /^\S+azdock\.json cannot be used.* What is tagged broken is left alone\.$/);
});
