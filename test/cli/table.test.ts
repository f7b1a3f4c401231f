import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tabulate } from '../../src/cli/table.ts';

const HEADER = ['NAME', 'ACTIVE', 'DRIVER', 'STATE', 'URL', 'SWARM', 'DOCKER', 'ERRORS'];

test("the table of ls is docker-machine's, with blanks at the end where there are no errors", () => {
  const rows = [
    HEADER,
    ['m1', '-', 'none', 'Running', 'tcp://127.0.0.1:2376', '', 'Unknown', 'Unable to query docker version'],
    ['m3', '*', 'none', 'Running', 'tcp://127.0.0.1:23760', 'm3 (master)', 'v24.0.7', ''],
  ];
  assert.equal(
    tabulate(rows),
    [
      'NAME   ACTIVE   DRIVER   STATE     URL                     SWARM         DOCKER    ERRORS',
      'm1     -        none     Running   tcp://127.0.0.1:2376                  Unknown   Unable to query docker version',
      'm3     *        none     Running   tcp://127.0.0.1:23760   m3 (master)   v24.0.7   ',
      '',
    ].join('\n'),
  );
});

test('an empty store gives just the header', () => {
  assert.equal(tabulate([HEADER]), 'NAME   ACTIVE   DRIVER   STATE   URL   SWARM   DOCKER   ERRORS\n');
});

test('a column is at least five wide', () => {
  assert.equal(tabulate([['a', 'b', 'c']]), 'a    b    c\n');
});

test('widths count characters, not bytes or UTF-16 units', () => {
  assert.equal(
    tabulate([
      ['日本語日本', 'x'],
      ['\u{1F600}', 'y'],
    ]),
    '日本語日本   x\n\u{1F600}       y\n',
  );
});

test('a column is aligned over neighbouring rows that go on after it, as Go does', () => {
  const rows = [['a', 'b', 'c'], ['a very wide cell'], ['aaaaaa', 'b'], ['a', 'bbbbbb', 'c']];
  assert.equal(tabulate(rows), 'a    b    c\na very wide cell\naaaaaa   b\na        bbbbbb   c\n');
});

test('no rows give no text', () => {
  assert.equal(tabulate([]), '');
});
