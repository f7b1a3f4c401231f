import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areLetIn, isLetIn } from '../../../src/machine/doctor/let-in.ts';

const rule = (from: readonly string[], rest: object = {}) => ({
  allows: true,
  protocol: 'tcp',
  ports: ['22'],
  from,
  ...rest,
});

test('addresses are among sources, or not, or nobody here can say', () => {
  assert.equal(areLetIn([], ['*']), 'yes');
  assert.equal(areLetIn(['20.1.2.3'], ['20.1.0.0/16']), 'yes');
  assert.equal(areLetIn(['20.1.2.3'], ['21.1.2.3', '20.1.2.4/31']), 'no');
  assert.equal(areLetIn(['20.1.2.3'], ['AzureCloud']), 'unknown');
  assert.equal(areLetIn([], ['20.1.2.3']), 'unknown');
});

test('rules count in their order, and what none lets in stays out', () => {
  const own = ['20.1.2.3'];
  assert.equal(isLetIn(own, 22, []), 'no');
  assert.equal(isLetIn(own, 22, [rule(own)]), 'yes');
  assert.equal(isLetIn(own, 23, [rule(own)]), 'no');
  assert.equal(isLetIn(own, 22, [rule(own, { protocol: 'udp' })]), 'no');
  assert.equal(isLetIn(own, 2376, [rule(['*'], { ports: ['80', '2000-3000'] })]), 'yes');
  assert.equal(isLetIn(own, 22, [rule(own, { allows: false }), rule(['*'])]), 'no');
  assert.equal(isLetIn(own, 22, [rule(['AzureCloud'], { allows: false }), rule(['*'])]), 'unknown');
  assert.equal(isLetIn([], 22, [rule(['20.1.2.3'])]), 'unknown');
});
