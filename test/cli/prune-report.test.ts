import assert from 'node:assert/strict';
import { test } from 'node:test';
import { age, parseAge } from '../../src/cli/age.ts';
import { pruneDocument, pruneTable } from '../../src/cli/prune-report.ts';
import type { Leftover, LostMachine, PruneReport } from '../../src/machine/prune/prune-report.ts';

const now = new Date('2026-11-20T12:00:00Z');
const disk: Leftover = {
  id: '/disk',
  kind: 'disk',
  name: 'dev-os-disk',
  group: 'g',
  location: 'westeurope',
  createdAt: new Date('2026-11-18T09:30:00Z'),
  state: undefined,
  isBilled: true,
};
const machine: LostMachine = {
  name: 'dev',
  id: 'id',
  origin: 'this-store',
  storeId: 'store',
  verdict: 'remove',
  resources: [disk],
};
const report = (machines: readonly LostMachine[], shared: readonly Leftover[] = []): PruneReport => ({
  subscription: { id: 's', name: 'Contoso' },
  machines,
  shared,
});

test('ages have two units at most, and are read with one', () => {
  const ages = [0, 59_999, 60_000, 3_599_999, 3_600_000, 90_000_000].map(age);
  assert.deepEqual(ages, ['0s', '59s', '1m', '59m', '1h 0m', '1d 1h']);
  assert.deepEqual(
    ['0', '90s', '30m', '1h', '2d'].map((text) => parseAge(text, 'older-than')),
    [0, 90_000, 1_800_000, 3_600_000, 172_800_000],
  );
  for (const text of ['', '1', 'h', '1.5h', '-1h', '1h30m', '1e3s', '9999999d'])
    assert.throws(() => parseAge(text, 'older-than'), /--older-than takes a number with s, m, h or d/);
});

test('what can go is a table; what stays is told in lines', () => {
  const group = { ...disk, kind: 'resource group', name: 'g', createdAt: undefined, isBilled: false };
  const others: LostMachine[] = [
    { ...machine, name: 'theirs', verdict: 'other-store', origin: 'other-store' },
    { ...machine, name: '', id: 'nameless', verdict: 'young' },
  ];
  assert.equal(
    pruneTable(report([machine, ...others], [group]), now),
    [
      'KIND             NAME          MACHINE   GROUP   AGE     STATE   BILLED',
      'disk             dev-os-disk   dev       g       2d 2h   -       yes',
      'resource group   g             -         g       -       -       no',
      'Left alone, as of another store: theirs. To see them:  azdock prune --all-stores --dry-run',
      'Left alone, as too young: nameless (2d 2h).',
      '',
    ].join('\n'),
  );
  assert.equal(pruneTable(report([]), now), 'Nothing is left over in subscription Contoso.\n');
});

test('a name out of a tag neither steers the terminal nor begins a line', () => {
  const text = pruneTable(report([{ ...machine, name: 'a\x1b[2J\nremoved' }]), now);
  assert.ok(text.includes('a\\x1b[2J removed'), text);
  assert.equal(text.split('\n').length, 3);
});

test('the document has the same keys whatever is known', () => {
  const documented = JSON.parse(
    JSON.stringify(pruneDocument(report([{ ...machine, storeId: undefined }]), [disk], now)),
  );
  const [{ resources, ...rest }] = documented.machines;
  assert.deepEqual(rest, { name: 'dev', id: 'id', store: null, origin: 'this-store', verdict: 'remove' });
  assert.deepEqual(resources, [
    {
      id: '/disk',
      kind: 'disk',
      name: 'dev-os-disk',
      group: 'g',
      location: 'westeurope',
      createdAt: '2026-11-18T09:30:00.000Z',
      ageSeconds: 181_800,
      state: null,
      billed: true,
      removed: true,
    },
  ]);
});
