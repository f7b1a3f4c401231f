import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { gunzipSync, gzipSync } from 'node:zlib';
import { UsageError } from '../../src/errors/usage-error.ts';
import { customData as bootData } from '../../src/provision/custom-data.ts';
import type { DataDiskPlace } from '../../src/provision/script/data-disks.ts';
import { Secret } from '../../src/secret/secret.ts';
import { needs } from '../skip.ts';

const customData = (script: Secret | undefined, userData: Buffer | undefined, disks: readonly DataDiskPlace[] = []) =>
  bootData({ script, userData, disks });

const SCRIPT = '#!/bin/sh\necho ours\n';

/** Takes the archive apart with Python's mail parser, as cloud-init does (cloud-init: cloudinit/user_data.py). */
function parts(data: Buffer | undefined): { type: string; name: string | null; text: string }[] {
  const program = `
import email, json, sys
message = email.message_from_string(sys.stdin.buffer.read().decode('utf-8'))
print(json.dumps([{'type': p.get_content_type(), 'name': p.get_filename(), 'text': p.get_payload(decode=True).decode('utf-8')}
  for p in message.walk() if p.get_content_maintype() != 'multipart']))`;
  return JSON.parse(execFileSync('python3', ['-c', program], { input: data ?? '', encoding: 'utf8' }));
}

test('a lone script is the custom data', () => {
  assert.equal(customData(new Secret(SCRIPT), undefined)?.toString(), SCRIPT);
  assert.equal(customData(new Secret(SCRIPT), Buffer.alloc(0))?.toString(), SCRIPT);
});

test('user data alone stay untouched, bytes and all', () => {
  const data = Buffer.from([0, 255, 10, 13]);
  assert.deepEqual(customData(undefined, data), data);
  assert.equal(customData(undefined, undefined), undefined);
});

test('both become an archive that a mail parser takes apart, the user first', needs('python3'), () => {
  const text = '#cloud-config\nwrite_files: [{path: /x, content: "ü"}]\n';
  assert.deepEqual(parts(customData(new Secret(SCRIPT), Buffer.from(text))), [
    { type: 'text/cloud-config', name: 'azdock-0-user-data', text },
    { type: 'text/x-shellscript', name: 'azdock-engine.sh', text: SCRIPT },
  ]);
});

test('kinds of user data are told apart as cloud-init does', needs('python3'), () => {
  const kinds = {
    '#!/bin/bash\n': 'text/x-shellscript',
    '#include\nhttps://x\n': 'text/x-include-url',
    '#cloud-boothook\n': 'text/cloud-boothook',
    '## template: jinja\n#cloud-config\n': 'text/jinja2',
    '#cloud-config-archive\n': 'text/cloud-config-archive',
    '#cloud-config-jsonp\n': 'text/cloud-config-jsonp',
    '\n  #Cloud-Config\n': 'text/cloud-config',
  };
  for (const [text, type] of Object.entries(kinds)) {
    assert.equal(parts(customData(new Secret(SCRIPT), Buffer.from(text)))[0]?.type, type, text);
  }
});

test('compressed user data and an archive of the user’s own are taken in', needs('python3'), () => {
  const zipped = customData(new Secret(SCRIPT), gzipSync('#cloud-config\na: 1\n'));
  assert.equal(parts(zipped)[0]?.text, '#cloud-config\na: 1\n');
  const own = customData(
    new Secret('#!/bin/sh\necho two\n'),
    customData(new Secret(SCRIPT), Buffer.from('#cloud-config\n')),
  );
  assert.deepEqual(
    parts(own).map((part) => part.text),
    ['#cloud-config\n', SCRIPT, '#!/bin/sh\necho two\n'],
  );
});

test('what is too long is compressed, and refused when that does not help', () => {
  const long = Buffer.from(`#!/bin/sh\n${'# comment\n'.repeat(20_000)}`);
  const data = customData(undefined, long);
  assert.ok(data !== undefined && data.length < 65_535);
  assert.deepEqual(gunzipSync(data), long);
  assert.throws(
    () => customData(new Secret(SCRIPT), Buffer.from(`#!/bin/sh\n# ${randomBytes(70_000).toString('base64')}\n`)),
    (error) => error instanceof UsageError && /65535/.test(error.message),
  );
});

test('what cloud-init does not read cannot go along with anything, and goes alone as it is', () => {
  const ignition = Buffer.from('{"ignition":{"version":"3.4.0"}}');
  assert.deepEqual(customData(undefined, ignition), ignition);
  const broken = Buffer.from([0x1f, 0x8b, 1, 2, 3]);
  for (const userData of [ignition, broken, Buffer.from('something else')])
    for (const [script, disks] of [
      [new Secret(SCRIPT), []],
      [undefined, [{ lun: 0, path: '/srv' }]],
    ] as const)
      assert.throws(
        () => customData(script, userData, disks),
        (error) => error instanceof UsageError && error.resource === '--azure-custom-data',
      );
});

test(
  'data disks come after the user and before the engine, and add their boot command to what is there',
  needs('python3'),
  () => {
    const disks = [{ lun: 0, path: '/var/lib/docker' }];
    assert.match(
      customData(undefined, undefined, disks)?.toString() ?? '',
      /^#cloud-config\nbootcmd:\n {2}- \["\/bin\/sh"/,
    );
    const all = customData(new Secret(SCRIPT), Buffer.from('#cloud-config\nbootcmd: [x]\n'), disks);
    assert.deepEqual(
      parts(all).map(({ name }) => name),
      ['azdock-0-user-data', 'azdock-disks.cfg', 'azdock-engine.sh'],
    );
    assert.equal(all?.toString().match(/^Merge-Type: list\(append\)/gm)?.length, 1);
  },
);
