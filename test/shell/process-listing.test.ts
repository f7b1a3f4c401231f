import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { linuxAncestors } from '../../src/shell/linux-ancestors.ts';
import { listByPs, listByWindows, listedAncestors } from '../../src/shell/process-listing.ts';
import { needs } from '../skip.ts';

const folder = mkdtempSync(join(tmpdir(), 'azdock-proc-'));
after(() => rmSync(folder, { recursive: true }));

test('Linux: names with blanks and parentheses are read whole, and the chain ends at init', () => {
  const write = (pid: number, stat: string, commandLine: string): void => {
    mkdirSync(join(folder, String(pid)));
    writeFileSync(join(folder, String(pid), 'stat'), stat);
    writeFileSync(join(folder, String(pid), 'cmdline'), commandLine);
  };
  write(30, '30 (a) b (c) R 20 30 30 0', 'fish\0--init-command\0\0');
  write(20, '20 (x) S 1 20 20 0', '');
  write(1, '1 (init) S 0 1 1 0', '/sbin/init\0');
  assert.deepEqual(
    [...linuxAncestors(30, folder)],
    [
      { name: 'a) b (c', argv: ['fish', '--init-command', ''] },
      { name: 'x', argv: [] },
    ],
  );
});

test('Linux: a process that is gone or hidden ends the chain', () => {
  assert.deepEqual([...linuxAncestors(4711, folder)], []);
});

test('ps: the listing of this computer leads from this process to its parents', needs('ps'), () => {
  const listing = listByPs((program, args) => spawnSync(program, args, { encoding: 'utf8' }).stdout);
  const [self, parent] = [...listedAncestors(process.pid, listing)];
  assert.match(self?.name ?? '', /node/);
  assert.ok(parent);
});

test('Windows: the listing is read with names and command lines that hold blanks', () => {
  const output = [
    '10 4 explorer.exe C:\\Windows\\explorer.exe',
    '20 10 pwsh.exe "C:\\Program Files\\PowerShell\\7\\pwsh.exe" -NoLogo',
    '30 20 My Tool.exe ',
    'a line that a newline in a command line left behind',
  ];
  const listing = listByWindows(() => output.join('\r\n'));
  assert.deepEqual(
    [...listedAncestors(30, listing)].map(({ name }) => name),
    ['My Tool.exe', 'pwsh.exe', 'explorer.exe'],
  );
});

test('a listing with a circle, or none at all, ends', () => {
  const listed = (pid: number, parentPid: number) => ({ pid, parentPid, name: 'x', argv: [] });
  assert.equal([...listedAncestors(1, [listed(1, 2), listed(2, 1)])].length, 2);
  assert.deepEqual(
    listByPs(() => undefined),
    [],
  );
});
