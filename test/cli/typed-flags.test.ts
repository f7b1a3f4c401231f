import assert from 'node:assert/strict';
import { test } from 'node:test';
import { typedFlags } from '../../src/cli/typed-flags.ts';

const flags = { driver: { char: 'd' }, 'azure-size': {}, 'azure-spot': {}, tunnel: {} };

for (const [words, expected] of [
  [['create', '--azure-size', 'X', 'dev'], ['azure-size']],
  [['create', '-azure-size=X', 'dev'], ['azure-size']],
  [
    ['create', '--no-azure-spot', '-d', 'generic', 'dev'],
    ['driver', 'azure-spot'],
  ],
  [['create', '--', '--tunnel'], []],
  [['create', 'azure-size', 'tunnel'], []],
] as const)
  test(`${words.join(' ')} has ${expected.length === 0 ? 'no flag' : expected.join(' and ')} typed`, () => {
    assert.deepEqual([...typedFlags(words, flags)].sort(), [...expected].sort());
  });
