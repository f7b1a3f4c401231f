import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bytesText } from '../../../src/machine/doctor/bytes-text.ts';
import { parseFileSystems } from '../../../src/machine/doctor/machine/parse-df.ts';
import { roughly } from '../../../src/machine/doctor/roughly.ts';

const HEADING = 'Filesystem     1024-blocks    Used Available Capacity Mounted on\n';

test('file systems are read from df, each once, with the inodes that they count', () => {
  const blocks = `${HEADING}/dev/root 1000 900 100 90% /\n/dev/root 1000 900 100 90% /\n/dev/sd c1 2000 0 2000 0% /data disk\n`;
  const nodes = `${HEADING}/dev/root 64 64 0 100% /\n/dev/sd c1 0 0 0 - /data disk\n`;
  assert.deepEqual(parseFileSystems(blocks, nodes), [
    { mountedOn: '/', sizeBytes: 1_024_000, freeBytes: 102_400, freeNodes: 0 },
    { mountedOn: '/data disk', sizeBytes: 2_048_000, freeBytes: 2_048_000, freeNodes: undefined },
  ]);
});

test('what is no output of df tells nothing', () => {
  assert.deepEqual(parseFileSystems('', ''), []);
  assert.deepEqual(parseFileSystems('simulated guest: cannot run df\n', ''), []);
});

test('amounts and times are told as people do', () => {
  assert.deepEqual([1024, 1_610_612_736, 107_374_182_400].map(bytesText), ['1.0 KiB', '1.5 GiB', '100 GiB']);
  assert.deepEqual([-40_000, 420_000, 10_800_000, 864_000_000].map(roughly), ['40 s', '7 min', '3 h', '10 days']);
});
