import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tidyAnswer } from '../../../src/drivers/azure/answer-shape.ts';

test('what is null is taken out of an answer, in objects, lists and tags', () => {
  const answer = {
    id: 'x',
    properties: { ipAddress: null, zones: [null, '1'] },
    tags: { a: null, b: 'c' },
    error: null,
  };
  assert.deepEqual(tidyAnswer(answer), []);
  assert.deepEqual(answer, { id: 'x', properties: { zones: ['1'] }, tags: { b: 'c' } });
});

for (const [answer, misfit] of [
  [{ value: {} }, 'value'],
  [{ value: [{ id: 5 }] }, 'value.id'],
  [{ properties: { ipConfigurations: ['x'] } }, 'properties.ipConfigurations'],
  [{ properties: 'x' }, 'properties'],
  [{ error: { code: 5 } }, 'error.code'],
  [{ tags: { a: { b: 'c' } } }, 'tags.a'],
  [[{ zones: [1] }], 'zones'],
  [{ value: [{ limit: '5' }] }, 'value.limit'],
] as const)
  test(`of ${JSON.stringify(answer)} what should be of another kind is taken out`, () => {
    const copy = structuredClone<unknown>(answer);
    assert.deepEqual(tidyAnswer(copy), [misfit]);
    assert.deepEqual(tidyAnswer(copy), []);
  });

test('an answer that is nested without end is refused', () => {
  const deep: unknown = JSON.parse('{"a":['.repeat(500) + ']}'.repeat(500));
  assert.throws(() => tidyAnswer(deep), /more than 60 levels/);
});

test('what belongs to the user can be anything', () => {
  const answer = {
    properties: { settings: { id: 5, value: [null] }, outputs: { name: 5 } },
    userAssignedIdentities: { '/x': {} },
  };
  assert.deepEqual(tidyAnswer(structuredClone(answer)), []);
});
