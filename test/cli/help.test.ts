import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { cells } from '../../src/cli/cells.ts';
import { helpText } from '../../src/cli/help.ts';
import { commands } from '../../src/commands/table.ts';
import { PROGRAM, runProgram } from './run-program.ts';

test('help of a command opens with one line, then examples, then flags in groups', async () => {
  const lines = (await helpText(commands, 'create', 100)).split('\n');
  assert.match(lines[0] ?? '', /^Make a machine/);
  assert.match(lines[2] ?? '', /^ {2}\$ azdock create/);
  const titles = lines.filter((line) => /^[A-Z][^:$]*$|^Azure: /.test(line)).slice(1);
  assert.equal(titles.at(-1), 'Global');
  assert.ok(titles.includes('Azure: network') && titles.includes('Docker engine'), titles.join(', '));
});

test('help fits into the terminal', async () => {
  for (const columns of [60, 80, 200]) {
    for (const verb of [undefined, ...Object.keys(commands)]) {
      const text = await helpText(commands, verb, columns);
      const flags = text.split('\n').filter((line) => !line.startsWith('  $ ') && !line.startsWith('Usage: '));
      // A label that is longer than the terminal is wide stands alone on its line.
      const long = flags.filter((line) => cells(line) > Math.min(columns, 100) && / {2,}\S.* {2,}\S/.test(line));
      assert.deepEqual(long, [], `${verb} at ${columns}`);
    }
  }
});

test('the overview lists every command that is not hidden, with its line', async () => {
  const text = await helpText(commands, undefined, 80);
  for (const [verb, load] of Object.entries(commands)) {
    const isListed = new RegExp(`^ {2}${verb} +\\S`, 'm').test(text);
    assert.equal(isListed, !(await load()).default.hidden, verb);
  }
});

test('help goes to stdout and succeeds, whichever way it is asked for', async () => {
  const expected = (await runProgram(PROGRAM, ['echo', '--help'])).stdout;
  assert.match(expected, /^Print what was understood\n/);
  for (const args of [
    ['help', 'echo'],
    ['echo', 'dev', '-h'],
    ['-h', 'echo'],
    ['echo', '--open', 'x', '-help'],
  ]) {
    assert.deepEqual(await runProgram(PROGRAM, args), { code: 0, stdout: expected, stderr: '' }, args.join(' '));
  }
});

test('a hidden flag is accepted but not shown', async () => {
  const { stdout } = await runProgram(PROGRAM, ['create', '--help']);
  assert.doesNotMatch(stdout, /swarm|bugsnag/);
});

test('help of create is about one driver when that is named, and about all when not', async () => {
  const main = fileURLToPath(new URL('../../src/commands/main.ts', import.meta.url));
  const groups = async (args: string[], environment = {}) => {
    const { stdout } = await runProgram(main, ['create', ...args, '--help'], { environment });
    return ['azure', 'generic', 'url'].filter((name) => new RegExp(`^ +--${name}`, 'm').test(stdout));
  };
  assert.deepEqual(await groups([]), ['azure', 'generic', 'url']);
  assert.deepEqual(await groups(['-d', 'generic']), ['generic']);
  assert.deepEqual(await groups(['--driver=none']), ['url']);
  assert.deepEqual(await groups(['--driver', 'azure', 'dev']), ['azure']);
  assert.deepEqual(await groups([], { MACHINE_DRIVER: 'generic' }), ['generic']);
  assert.deepEqual(await groups(['-d', 'virtualbox']), ['azure', 'generic', 'url']);
});
