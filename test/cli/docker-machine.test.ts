import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readRequest } from '../../src/cli/argv.ts';
import { inDockerMachineWords } from '../../src/cli/docker-machine/failure-words.ts';
import { decimalOf } from '../../src/cli/docker-machine/go-integer.ts';
import { dockerMachineHelp } from '../../src/cli/docker-machine/help.ts';
import { talksOnStdout, versionLine } from '../../src/cli/docker-machine/mode.ts';
import { createdLines } from '../../src/cli/docker-machine/result-lines.ts';
import { renamer } from '../../src/cli/docker-machine/renamer.ts';
import { flagWords } from '../../src/cli/flag-words.ts';
import { commands } from '../../src/commands/table.ts';
import type { AzdockError } from '../../src/errors/azdock-error.ts';
import { EngineUnreachableError } from '../../src/errors/engine-unreachable-error.ts';
import { LoginError } from '../../src/errors/login-error.ts';
import { MachineNotFoundError } from '../../src/errors/machine-not-found-error.ts';
import { PreCreateCheckError } from '../../src/errors/pre-create-check-error.ts';
import { ProvisionError } from '../../src/errors/provision-error.ts';
import { UsageError } from '../../src/errors/usage-error.ts';
import { PROGRAM, runProgram } from './run-program.ts';

const folder = mkdtempSync(join(tmpdir(), 'azdock-link-'));
after(() => rmSync(folder, { recursive: true, force: true }));
/** The test program under docker-machine's name. */
const LINK = join(folder, 'docker-machine');
symlinkSync(PROGRAM, LINK);

const VERBS = Object.keys(commands);
const words = (error: AzdockError, verb: string) => inDockerMachineWords(error, { verb, verbs: VERBS });

test('exit codes are 1, and 3 for a check before creation', () => {
  assert.equal(words(new PreCreateCheckError('no such size'), 'create').exitCode, 3);
  assert.equal(words(new LoginError('no login'), 'create').exitCode, 3);
  assert.equal(words(new LoginError('no login'), 'ls').exitCode, 1);
  assert.equal(words(new ProvisionError('apt'), 'create').exitCode, 1);
  assert.equal(words(new MachineNotFoundError('x'), 'ip').exitCode, 1);
  assert.equal(words(new UsageError('x'), 'ls').exitCode, 1);
});

test('errors begin as programs know them', () => {
  assert.equal(words(new PreCreateCheckError('no "x"'), 'create').message, 'Error with pre-create check: "no \\"x\\""');
  assert.equal(words(new ProvisionError('apt failed'), 'create').message, 'Error creating machine: apt failed');
  const silent = new EngineUnreachableError('dev does not answer');
  assert.equal(words(silent, 'env').message, 'Error checking TLS connection: dev does not answer');
  assert.equal(words(silent, 'config').message, 'Error running connection boilerplate: dev does not answer');
  assert.equal(
    words(new UsageError('No machine name(s) specified and no "default" machine exists'), 'ip').message,
    'Error: No machine name(s) specified and no "default" machine exists',
  );
});

test('commands that are advised begin with the name that was called', () => {
  const { message } = words(new MachineNotFoundError('x'), 'ip');
  assert.equal(
    message,
    'Docker machine "x" does not exist. Use "docker-machine ls" to list machines. Use "docker-machine create" to add a new one.',
  );
  const rename = renamer(VERBS);
  assert.equal(
    rename('azdock rm dev; azdock --version; azdock COMMAND --help'),
    'docker-machine rm dev; docker-machine --version; docker-machine COMMAND --help',
  );
  assert.equal(rename('Another azdock is at work; azdock created it'), 'Another azdock is at work; azdock created it');
  assert.equal(rename('azdock sandbox up'), 'docker-machine sandbox up');
});

test('an unknown command is refused in the words of docker-machine', () => {
  assert.throws(() => readRequest(['bogus'], VERBS, 'docker-machine'), {
    message: "docker-machine: 'bogus' is not a docker-machine command. See 'docker-machine --help'.",
  });
  assert.throws(() => readRequest(['help', 'bogus'], VERBS, 'docker-machine'), /is not a docker-machine command/);
});

test('numbers are read with base 0, as Go reads them', () => {
  const read = ['10', '0x10', '010', '0o10', '0b11', '-0x1', '+5', '0', '09', 'ten'].map(decimalOf);
  assert.deepEqual(read, ['10', '16', '8', '8', '3', '-1', '5', '0', '09', 'ten']);
  const shapes = { timeout: { type: 'option', isInteger: true, char: 't' } } as const;
  const options = { environment: {}, passThrough: false };
  assert.deepEqual(flagWords(['-t', '010'], shapes, { ...options, asGo: true }).words, ['--timeout', '8']);
  assert.deepEqual(flagWords(['-t', '010'], shapes, options).words, ['--timeout', '010']);
});

test('two spellings of one flag are refused as Go does, and only under the name docker-machine', async () => {
  const refused = await runProgram(LINK, ['echo', '-y', '--force']);
  assert.equal(refused.stderr, 'Cannot use two forms of the same flag: y force\n');
  assert.equal(refused.code, 1);
  assert.equal((await runProgram(LINK, ['echo', '-y', '-y', '-format=a', '--format', 'b'])).code, 0);
  assert.equal((await runProgram(PROGRAM, ['echo', '-y', '--force'])).code, 0);
});

test('a flag that does not exist ends with 1 instead of the original’s 0', async () => {
  const run = await runProgram(LINK, ['echo', '--bogus']);
  assert.deepEqual({ code: run.code, stdout: run.stdout }, { code: 1, stdout: '' });
});

test('-v has the shape that programs read', async () => {
  assert.match(versionLine('docker-machine', '1.2.3'), /^docker-machine version 0\.16\.2-azdock\.1\.2\.3, build \w+$/);
  assert.equal(versionLine('azdock', '1.2.3'), 'azdock version 1.2.3');
  assert.match((await runProgram(LINK, ['-v'])).stdout, /^docker-machine version \S+, build \S+\n$/);
});

test('verbs with a result keep stdout clean of progress', () => {
  for (const verb of ['env', 'config', 'url', 'ip', 'status', 'inspect', 'ls', 'active', 'version', 'ssh'])
    assert.equal(talksOnStdout('docker-machine', verb), false, verb);
  for (const verb of ['create', 'start', 'stop', 'rm']) {
    assert.equal(talksOnStdout('docker-machine', verb), true, verb);
    assert.equal(talksOnStdout('azdock', verb), false, verb);
  }
});

test('help begins with docker-machine’s usage line, and options with three spaces and a dash', async () => {
  const help = await dockerMachineHelp(commands, 'create', 'docker-machine version 1, build x');
  assert.equal(help.split('\n')[0], 'Usage: docker-machine create [OPTIONS] [arg...]');
  assert.match(help, /^ {3}--driver, -d NAME {2,}\S/m);
  assert.doesNotMatch(help, /azdock (create|env|rm)/);
  const all = await dockerMachineHelp(commands, undefined, 'docker-machine version 1, build x');
  assert.equal(all.split('\n')[0], 'Usage: docker-machine [OPTIONS] COMMAND [arg...]');
  assert.match(all, /^Version: 1, build x$/m);
  assert.match(all, /^ {2}create {2,}\S/m);
});

test('a failure names no azdock command', async () => {
  const run = await runProgram(LINK, ['fail']);
  assert.equal(run.code, 1);
  assert.equal(run.stdout, '');
  assert.match(run.stderr, /More: docker-machine fail --debug/);
});

test('create ends with the line that tells how to connect, and says that Docker runs only when it was asked', () => {
  const connect =
    'To see how to connect your Docker Client to the Docker Engine running on this virtual machine, run: docker-machine env dev';
  assert.equal(createdLines({ name: 'dev', engineVersion: '28.2.2' }), `Docker is up and running!\n${connect}`);
  assert.equal(createdLines({ name: 'dev', engineVersion: null }), connect);
});
