import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { Secret } from '../../src/secret/secret.ts';

test('a secret shows itself only when it is asked to', () => {
  const secret = new Secret('hunter2');
  for (const shown of [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ deep: { secret } }, { showHidden: true }),
  ]) {
    assert.doesNotMatch(shown, /hunter2/);
    assert.match(shown, /\[secret\]/);
  }
  assert.equal(secret.reveal(), 'hunter2');
});
