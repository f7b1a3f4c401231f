import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { commands } from '../../src/commands/table.ts';
import { runProgram } from '../cli/run-program.ts';
import { needs } from '../skip.ts';

const place = mkdtempSync(join(tmpdir(), 'azdock-bin-'));
const run = join(place, 'bin', 'run.js');
const home = join(place, 'home');

before(() => {
  execFileSync(process.execPath, ['scripts/build.ts', place], { stdio: 'inherit' });
  mkdirSync(join(place, 'bin'));
  mkdirSync(home);
  copyFileSync('bin/run.js', run);
  writeFileSync(join(place, 'package.json'), '{"type": "module"}');
});
after(() => rmSync(place, { recursive: true, force: true }));

const azdock = (args: string[], environment: Record<string, string> = {}) =>
  runProgram(run, args, { environment: { HOME: home, ...environment } });

test('the bundle needs nothing beside itself', async () => {
  const { code, stdout } = await azdock(['version']);
  assert.equal(code, 0);
  assert.match(stdout, /^azdock version \d+\.\d+\.\d+\n$/);
  assert.equal((await azdock(['--version'])).stdout, stdout);
});

test('every verb loads from the bundle and has help', async () => {
  for (const verb of Object.keys(commands)) {
    const { code, stdout, stderr } = await azdock([...verb.split(' '), '--help']);
    assert.equal(code, 0, `${verb}: ${stderr}`);
    assert.match(stdout, new RegExp(`^Usage: azdock ${verb}( |$)`, 'm'));
    assert.match(stdout, /^ {2}\$ .*azdock /m, `${verb} has an example`);
  }
});

test('an error of a command goes to stderr, with nothing on stdout', async () => {
  const { code, stdout, stderr } = await azdock(['ip', 'nobody']);
  assert.equal(code, 4);
  assert.equal(stdout, '');
  assert.match(stderr, /^Docker machine "nobody" does not exist\./);
});

test('compiled code is kept in the user’s own cache directory, and works without one', async () => {
  const cache = join(place, 'cache');
  mkdirSync(cache);
  assert.equal((await azdock(['version'], { XDG_CACHE_HOME: cache })).code, 0);
  assert.notEqual(readdirSync(join(cache, 'azdock', 'compiled')).length, 0);
  assert.equal((await azdock(['version'], { XDG_CACHE_HOME: join(place, 'none') })).code, 0);
  assert.equal((await azdock(['version'], { HOME: '' })).code, 0);
});

const oldNode = '/usr/bin/node';
const version = (() => {
  try {
    return execFileSync(oldNode, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
})();

test(
  'a Node that is too old is told so in one line',
  needs({ what: 'a system Node older than 22.13', met: version !== '' && Number(version.split('.')[0]) < 22 }),
  () => {
    assert.throws(
      () => execFileSync(oldNode, [run, 'version'], { encoding: 'utf8', stdio: 'pipe' }),
      (error: { status: number; stderr: string }) => {
        assert.equal(error.status, 1);
        assert.equal(error.stderr, `azdock needs Node 22.13 or newer. This is ${version}, at ${oldNode}.\n`);
        return true;
      },
    );
  },
);
