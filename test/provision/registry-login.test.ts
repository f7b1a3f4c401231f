import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UsageError } from '../../src/errors/usage-error.ts';
import { parseRegistryLogin } from '../../src/provision/registry-login.ts';
import { Secret } from '../../src/secret/secret.ts';

const password = new Secret('hunter2');
const parsed = (text: string) => {
  const { username, server } = parseRegistryLogin(text, password);
  return { username, server };
};

test('a user alone logs in to Docker Hub, a server stands behind the last @', () => {
  assert.deepEqual(parsed('me'), { username: 'me', server: undefined });
  assert.deepEqual(parsed('me@contoso.azurecr.io'), { username: 'me', server: 'contoso.azurecr.io' });
  assert.deepEqual(parsed('me@example.com@localhost:5000'), { username: 'me@example.com', server: 'localhost:5000' });
});

test('what cannot be a user, a registry or a password is refused without showing the password', () => {
  for (const text of ['', '@server', 'a b', 'me@', 'me@https://x', 'me@-x', 'me@x y']) {
    assert.throws(() => parseRegistryLogin(text, password), UsageError, text);
  }
  for (const wrong of ['', 'hunter2\nx', 'hunter2\0']) {
    assert.throws(
      () => parseRegistryLogin('me', new Secret(wrong)),
      (error) => error instanceof UsageError && !error.message.includes('hunter2'),
    );
  }
});
