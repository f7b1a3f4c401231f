import assert from 'node:assert/strict';
import { test } from 'node:test';
import { printable } from '../../src/cli/printable.ts';
import { redact } from '../../src/cli/redact.ts';

const secrets: [line: string, shown: string][] = [
  ['Authorization: Bearer eyJ0eXAi.abc-def', 'Authorization: Bearer [secret]'],
  ['{"client_secret":"hunter2","x":1}', '{"client_secret":[secret],"x":1}'],
  ['{"access_token": "hunter2\\"more"}', '{"access_token": [secret]}'],
  ['grant_type=x&client_secret=hunter2&scope=y', 'grant_type=x&client_secret=[secret]&scope=y'],
  ['{"protectedSettings":{"certs":"hunter2"}}', '{"protectedSettings":[secret]}'],
  ['{"customData":"aHVudGVyMg=="}', '{"customData":[secret]}'],
  ['https://x/blob?sv=1&sig=hunter2', 'https://x/blob?sv=[secret]&sig=[secret]'],
  ['--azure-client-secret hunter2 --x', '--azure-client-secret [secret] --x'],
  [
    '-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY-----',
    '-----BEGIN RSA PRIVATE KEY-----[secret]',
  ],
];

for (const [line, shown] of secrets) {
  test(`in ${JSON.stringify(line.slice(0, 40))} the secret is hidden`, () => assert.equal(redact(line), shown));
}

test('ordinary lines stay as they are', () => {
  const line = 'PUT https://management.azure.com/subscriptions/x?api-version=2024-07-01 201 {"name":"dev"}';
  assert.equal(redact(line), line);
});

test('characters that steer a terminal become visible, line feeds and letters of all scripts stay', () => {
  assert.equal(printable('a\x1b[31m\r\x9b\u202eb\n\tä漢🐳'), 'a\\x1b[31m\\x0d\\x9b\\u202eb\n\tä漢🐳');
});
