import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { UsageError } from '../../src/errors/usage-error.ts';
import { customScript } from '../../src/provision/custom-script.ts';
import { Secret } from '../../src/secret/secret.ts';

test('the script travels compressed in the protected settings, and nothing else does', () => {
  const request = customScript(new Secret('#!/bin/sh\necho hello\n'), 5_000_000_000);
  assert.equal(
    `${request.publisher}/${request.type} ${request.version}`,
    'Microsoft.Azure.Extensions/CustomScript 2.1',
  );
  assert.deepEqual(Object.keys(request.settings), ['skipDos2Unix', 'timestamp']);
  const { script } = request.protectedSettings.reveal();
  assert.equal(gunzipSync(Buffer.from(String(script), 'base64')).toString(), '#!/bin/sh\necho hello\n');
});

test('any time fits into the 32 bits that the handler reads', () => {
  for (const time of [0, 5_000_000_000, Date.UTC(2040, 0)]) {
    const { timestamp } = customScript(new Secret('x'), time).settings;
    assert.ok(typeof timestamp === 'number' && Number.isInteger(timestamp) && Math.abs(timestamp) <= 2 ** 31);
  }
});

test('a script that the handler would refuse is refused here', () => {
  assert.throws(() => customScript(new Secret(randomBytes(200_000).toString('base64')), 1), UsageError);
});
