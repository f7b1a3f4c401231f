import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { figures } from './figures.ts';
import { type Deed, fateOf } from './history.ts';
import { Random } from './random.ts';
import { runStress } from './stress.ts';

test('16 processes on one store: no record lost, nothing left, nobody stuck', { timeout: 200_000 }, async (t) => {
  const seed = Math.floor(Math.random() * 1_000_000);
  t.diagnostic(`seed ${seed}`);
  const { deeds, faults } = await runStress({ seconds: 8, processes: 16, machines: 8, seed, kills: 0 });
  for (const line of figures(deeds).split('\n')) t.diagnostic(line);
  assert.deepEqual(faults, []);
  assert.ok(deeds.some(({ verb, outcome }) => verb === 'create' && outcome === 'ok'));
});

test('8 processes, one run in three killed: what they leave, others clear away', { timeout: 200_000 }, async (t) => {
  const seed = Math.floor(Math.random() * 1_000_000);
  t.diagnostic(`seed ${seed}`);
  const { deeds, faults } = await runStress({ seconds: 6, processes: 8, machines: 4, seed, kills: 1 / 3 });
  for (const line of figures(deeds).split('\n')) t.diagnostic(line);
  assert.deepEqual(faults, []);
  assert.ok(deeds.some(({ outcome }) => outcome === 'killed'));
});

describe('what must be true of a machine after many commands', () => {
  const deed = (verb: string, startMs: number, endMs: number, outcome = 'ok'): Deed => {
    return { verb, name: 'dev', startMs, endMs, outcome, message: '' };
  };
  const cases: readonly (readonly [string, readonly Deed[], ReturnType<typeof fateOf>])[] = [
    ['nobody made it', [deed('rm', 0, 1, 'machine-not-found')], 'gone'],
    ['it was made', [deed('create', 0, 1)], 'there'],
    ['it was made and removed', [deed('create', 0, 1), deed('rm', 2, 3)], 'gone'],
    ['it was made anew', [deed('create', 0, 1), deed('rm', 2, 3), deed('create', 4, 5)], 'there'],
    ['both at once', [deed('create', 0, 3), deed('rm', 2, 4)], 'open'],
    ['its removal failed', [deed('create', 0, 1), deed('rm', 2, 3, 'azure')], 'there'],
    ['its removal was killed', [deed('create', 0, 1), deed('rm', 2, 3, 'killed')], 'open'],
    ['its creation was killed', [deed('create', 0, 1, 'killed')], 'open'],
    ['it was there already', [deed('create', 0, 1, 'machine-exists')], 'gone'],
  ];
  for (const [title, deeds, fate] of cases) it(title, () => assert.equal(fateOf('dev', deeds), fate));
});

test('a seed gives the same numbers each time, evenly spread', () => {
  const numbers = (seed: number) => {
    const random = new Random(seed);
    return Array.from({ length: 1000 }, () => random.next());
  };
  assert.deepEqual(numbers(7), numbers(7));
  assert.notDeepEqual(numbers(7), numbers(8));
  const mean = numbers(7).reduce((sum, number) => sum + number, 0) / 1000;
  assert.ok(Math.abs(mean - 0.5) < 0.05);
});
