import assert from 'node:assert/strict';
import { test } from 'node:test';
import ssh2 from 'ssh2';
import { newHostKey } from '../../../src/sandbox/guests/simulated/host-key.ts';

test('a simulated guest always gets a host key that its SSH server can read', () => {
  // Enough for a generator that fails once in 256 times to be found out.
  for (let made = 0; made < 2_000; made += 1) {
    const key = ssh2.utils.parseKey(newHostKey());
    assert.ok(!(key instanceof Error), String(key));
  }
});
