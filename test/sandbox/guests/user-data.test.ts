import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { parseCloudConfig } from '../../../src/sandbox/guests/cloud-init/cloud-config.ts';
import { readUserData } from '../../../src/sandbox/guests/cloud-init/user-data.ts';

describe('custom data', () => {
  it('is nothing when it is empty', () => {
    assert.deepEqual(readUserData(Buffer.from('\n')), { parts: [], errors: [] });
  });

  it('keeps a script byte by byte, compressed or not', () => {
    const script = Buffer.from('#!/bin/sh\necho "é" \xff\n', 'latin1');
    for (const data of [script, gzipSync(script)])
      assert.deepEqual(readUserData(data), { parts: [{ kind: 'script', content: script }], errors: [] });
  });

  it('is taken apart when it is a multipart message, also one within another', () => {
    const inner =
      'Content-Type: multipart/mixed; boundary=in\n\n--in\nContent-Type: text/x-shellscript\n\n#!/bin/one\n--in--';
    const outer = `MIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n boundary="out"\r\n\r\n--out\r\n${inner}\r\n--out\r\nContent-Transfer-Encoding: BASE64\r\n\r\n${Buffer.from('#!/bin/two\n').toString('base64')}\r\n--out--\r\n`;
    const { parts, errors } = readUserData(Buffer.from(outer));
    assert.deepEqual(errors, []);
    assert.deepEqual(
      parts.map((part) => (part.kind === 'script' ? part.content.toString().trim() : part.kind)),
      ['#!/bin/one', '#!/bin/two'],
    );
  });

  it('names a part that guests cannot use, and keeps the others', () => {
    const message =
      'Content-Type: multipart/mixed; boundary="b"\n\n--b\n\n#include\nhttps://x\n--b\n\n#!/bin/sh\n--b--\n';
    const { parts, errors } = readUserData(Buffer.from(message));
    assert.equal(parts.length, 1);
    assert.deepEqual(errors, ['part 1 of custom data: "#include" begins neither a script nor a #cloud-config']);
  });
});

describe('a #cloud-config', () => {
  it('gives files with their encodings, modes and owners', () => {
    const packed = gzipSync('packed').toString('base64');
    const { files } = parseCloudConfig(
      `write_files:\n- {path: /a, content: plain}\n- {path: /b, content: cGxhaW4=, encoding: b64, permissions: '0600', owner: 'u:g', append: true}\n- {path: /c, content: ${packed}, encoding: gzip+base64, permissions: 0o755}\n`,
    );
    assert.deepEqual(files, [
      { path: '/a', content: Buffer.from('plain'), mode: 0o644, owner: 'root:root', append: false },
      { path: '/b', content: Buffer.from('plain'), mode: 0o600, owner: 'u:g', append: true },
      { path: '/c', content: Buffer.from('packed'), mode: 0o755, owner: 'root:root', append: false },
    ]);
  });

  const refused: readonly (readonly [text: string, reason: RegExp])[] = [
    ['packages: [nginx]', /"packages"/],
    ['write_files: [{path: /a, defer: true}]', /"defer" of write_files/],
    ['write_files: [{path: relative}]', /absolute path/],
    ['write_files: [{path: /a, encoding: rot13}]', /"rot13"/],
    ["write_files: [{path: /a, permissions: 'rw'}]", /octal/],
    ['runcmd: echo', /"runcmd".*list/],
    ['- a list', /mapping/],
  ];
  for (const [text, reason] of refused)
    it(`is refused as a whole, with the reason, when it is ${text}`, () => {
      assert.throws(() => parseCloudConfig(text), reason);
    });
});
