import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepsAfterRemoval, stepsAnew, stepsGoingOn } from '../../../src/machine/resume/next-steps.ts';
import { defaultRecord } from '../../../src/store/default-record.ts';

const record = defaultRecord({
  root: '/store',
  name: 'dev',
  driverName: 'azure',
  driver: { Location: 'West Europe' },
  engine: {},
  tlsSans: [],
});
const CLEAN_UP = { label: 'Clean up', command: 'azdock rm dev' };
const steps = [
  CLEAN_UP,
  { label: 'Then another size', command: 'azdock create dev --azure-location westeurope --azure-size A' },
  { label: 'Or another region', command: 'azdock create dev --azure-location northeurope' },
  { label: 'All that can be had', command: 'azdock sizes --azure-location westeurope' },
];

test('what can be another is gone on with, and what cannot comes after the removal', () => {
  assert.deepEqual(stepsGoingOn(steps, record), [
    { label: 'Another size', command: 'azdock create dev --resume --azure-size A' },
    { label: 'All that can be had', command: 'azdock sizes --azure-location westeurope' },
    CLEAN_UP,
    { label: 'Then another region', command: 'azdock create dev --azure-location northeurope' },
  ]);
});

test('without anything better, both commands are named', () => {
  assert.deepEqual(stepsGoingOn([CLEAN_UP], record), [
    { label: 'Go on with it', command: 'azdock create dev --resume' },
    CLEAN_UP,
  ]);
});

test('once nothing is left, there is nothing to remove or to go on with', () => {
  assert.deepEqual(stepsAnew(stepsGoingOn(steps.slice(0, 2), record), 'dev'), [
    { label: 'Another size', command: 'azdock create dev --azure-size A' },
  ]);
});

test('what is half removed has to be removed first', () => {
  assert.deepEqual(stepsAfterRemoval(steps.slice(0, 2), 'dev'), [
    CLEAN_UP,
    { label: 'Then another size', command: 'azdock create dev --azure-location westeurope --azure-size A' },
  ]);
});

test('a machine that is gone is looked at no more; what is left to do is to make it', () => {
  const status = { label: 'How it stands now', command: 'azdock status dev' };
  assert.deepEqual(stepsAnew([status, CLEAN_UP], 'dev'), [{ label: 'Once more', command: 'azdock create dev' }]);
});
