import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemWith } from '../../../src/drivers/azure/answer-shape.ts';

test('what is null is taken out of an answer, in objects, lists and tags', () => {
  const answer = {
    id: 'x',
    properties: { ipAddress: null, zones: [null, '1'] },
    tags: { a: null, b: 'c' },
    error: null,
  };
  assert.equal(problemWith(answer), undefined);
  assert.deepEqual(answer, { id: 'x', properties: { zones: ['1'] }, tags: { b: 'c' } });
});

for (const [answer, problem] of [
  [{ value: {} }, '"value" is no list'],
  [{ value: [{ id: 5 }] }, '"value[0].id" is no text'],
  [{ properties: { ipConfigurations: ['x'] } }, '"properties.ipConfigurations" is no list of objects'],
  [{ properties: 'x' }, '"properties" is no object'],
  [{ error: { code: 5 } }, '"error.code" is no text'],
  [{ tags: { a: { b: 'c' } } }, '"tags.a" is no text'],
  [[{ zones: [1] }], '"[0].zones" is no list of texts'],
  [{ value: [{ limit: '5' }] }, '"value[0].limit" is no number'],
] as const)
  test(`${JSON.stringify(answer)} is not what Azure answers`, () => assert.equal(problemWith(answer), problem));

test('an answer that is nested without end is refused', () => {
  const deep: unknown = JSON.parse('{"a":['.repeat(500) + ']}'.repeat(500));
  assert.match(problemWith(deep) ?? '', /has more than 60 levels$/);
});

test('what belongs to the user can be anything', () => {
  const answer = {
    properties: { settings: { id: 5, value: [null] }, outputs: { name: 5 } },
    userAssignedIdentities: { '/x': {} },
  };
  assert.equal(problemWith(structuredClone(answer)), undefined);
});
