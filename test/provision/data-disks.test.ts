import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { parse } from 'yaml';
import { dataDisksConfig, dataDisksScript } from '../../src/provision/script/data-disks.ts';
import { needs } from '../skip.ts';

const disks = [
  { lun: 0, path: '/srv/a/inner' },
  { lun: 1, path: '/srv/a' },
  { lun: 2, path: '/var/lib/docker' },
];

test('the boot command is one entry of a cloud-config, with the script as it is', () => {
  const config = parse(dataDisksConfig(disks));
  assert.deepEqual(config, { bootcmd: [['/bin/sh', '-c', dataDisksScript(disks)]] });
});

test('a disk inside another one is mounted after it', () => {
  const [marker = ''] = dataDisksScript(disks).split('\n');
  assert.deepEqual(JSON.parse(marker.replace('# azdock-disks: ', '')), [disks[1], disks[0], disks[2]]);
});

test("only the engine's disk is shared with containerd", () => {
  const shares = (some: typeof disks) => /^share_with_containerd$/m.test(dataDisksScript(some));
  assert.ok(shares(disks));
  assert.ok(!shares(disks.slice(0, 2)));
});

test('the script, and the one that it leaves on the host, are sound', needs('shellcheck', 'dash'), () => {
  const script = dataDisksScript(disks);
  const left = /cat > \/var\/lib\/azdock\/mount-data-disks <<'AZDOCK_FILE'\n([\s\S]*?)\nAZDOCK_FILE\n/.exec(
    script,
  )?.[1];
  assert.ok(left?.startsWith('#!/bin/sh\n'));
  for (const text of [`#!/bin/sh\n${script}`, left]) {
    execFileSync('dash', ['-n'], { input: text });
    execFileSync('shellcheck', ['-s', 'sh', '-'], { input: text });
  }
});
