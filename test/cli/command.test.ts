import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { type ProgramInput, PROGRAM, runProgram } from './run-program.ts';

async function echo(args: string[], given: ProgramInput = {}) {
  const run = await runProgram(PROGRAM, args, given);
  assert.equal(run.code, 0, run.stderr);
  return { ...JSON.parse(run.stdout), stderr: run.stderr };
}

test('a repeatable flag before the names swallows none of them', async () => {
  const { args, flags } = await echo(['echo', '--open', '80', '--open=443', 'a', 'b', 'a']);
  assert.deepEqual(args.names, ['a', 'b', 'a']);
  assert.deepEqual(flags.open, ['80', '443']);
});

test('values that read like flags arrive as they were written', async () => {
  const { flags, args } = await echo(['echo', '--open', '--force', '--format', '-y', 'dev']);
  assert.deepEqual(flags.open, ['--force']);
  assert.equal(flags.format, '-y');
  assert.equal(flags.force, false);
  assert.deepEqual(args.names, ['dev']);
});

test('names may look like numbers, be empty, or be verbs', async () => {
  const { args } = await echo(['echo', '1', '', 'echo', '--', '-x']);
  assert.deepEqual(args.names, ['1', '', 'echo', '-x']);
});

test('environment variables stand in for flags, and repeatable ones are split and come first', async () => {
  const environment = { ECHO_FORMAT: 'from-env', ECHO_MIRROR: 'a, b' };
  const { flags } = await echo(['echo', '--mirror', 'c'], { environment });
  assert.equal(flags.format, 'from-env');
  assert.deepEqual(flags.mirror, ['a', 'b', 'c']);
});

test('standard input is not read for a missing name', async () => {
  const { args } = await echo(['echo'], { input: 'dev\n' });
  assert.deepEqual(args.names, []);
  const one = await runProgram(PROGRAM, ['through'], { input: 'dev\n' });
  assert.deepEqual(JSON.parse(one.stdout), { passedOn: [] });
});

test('the store is the flag, else MACHINE_STORAGE_PATH, else .docker/machine in the home directory', async () => {
  const environment = { MACHINE_STORAGE_PATH: '/from-env' };
  assert.equal((await echo(['echo'])).context.storePath, '/home/u/.docker/machine');
  assert.equal((await echo(['echo'], { environment })).context.storePath, '/from-env');
  const noHome = { environment: { HOME: '' } };
  assert.equal((await echo(['echo'], noHome)).context.storePath, join(userInfo().homedir, '.docker/machine'));
  assert.equal((await echo(['-s', 'rel', 'echo'], { environment })).context.storePath, `${process.cwd()}/rel`);
});

test('the context tells who, how and where', async () => {
  const { context } = await echo(['echo', 'dev', '--json'], { environment: { USER: 'ada' } });
  assert.equal(context.user, 'ada');
  assert.equal(context.json, true);
  assert.equal(context.interactive, false);
  assert.equal(context.columns, 'Infinity');
  assert.deepEqual(context.commandLine.slice(1), ['echo', 'dev', '--json']);
  assert.deepEqual(context.tls, {});
});

test('it knows the name it is called by', async (t) => {
  const place = mkdtempSync(join(tmpdir(), 'azdock-name-'));
  t.after(() => rmSync(place, { recursive: true }));
  const link = join(place, 'docker-machine');
  symlinkSync(PROGRAM, link);
  const run = await runProgram(link, ['echo', 'dev']);
  assert.equal(JSON.parse(run.stdout).context.program, 'docker-machine');
  assert.deepEqual(JSON.parse(run.stdout).context.commandLine, ['docker-machine', 'echo', 'dev']);
});

test('debug lines go to stderr, without secrets, and only when they are asked for', async () => {
  assert.equal((await echo(['echo'])).stderr, '');
  assert.equal((await echo(['-D', 'echo'])).stderr, 'debug: token: Bearer [secret]\n');
  assert.match((await echo(['echo'], { environment: { MACHINE_DEBUG: '1' } })).stderr, /^debug/);
  assert.equal((await echo(['echo', '--debug=false'], { environment: { MACHINE_DEBUG: '1' } })).stderr, '');
});

test('a pass-through command gets the other program’s words untouched and in their order', async () => {
  const run = await runProgram(PROGRAM, ['-D', 'through', 'dev', 'echo', 'a', '--help', '-D', 'b', 'a', '--json']);
  const passedOn = ['echo', 'a', '--help', '-D', 'b', 'a', '--json'];
  assert.deepEqual(JSON.parse(run.stdout), { name: 'dev', passedOn });
  const dashes = await runProgram(PROGRAM, ['through', 'dev', '--', 'ls', '--', 'x']);
  assert.deepEqual(JSON.parse(dashes.stdout), { name: 'dev', passedOn: ['ls', '--', 'x'] });
});

test('a reader that goes away early is no failure', async () => {
  const line = `"${process.execPath}" "${PROGRAM}" echo ${'name '.repeat(10_000)} | head -c 1 >&2; exit \${PIPESTATUS[0]}`;
  const { stderr } = await promisify(execFile)('bash', ['-c', line]);
  assert.equal(stderr, '{');
});
