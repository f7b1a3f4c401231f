import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeFailure, type FailureLook } from '../../src/cli/errors.ts';
import { CancelledError } from '../../src/errors/cancelled-error.ts';
import { UsageError } from '../../src/errors/usage-error.ts';
import { PROGRAM, runProgram } from './run-program.ts';

const LOOK: FailureLook = {
  verb: 'create',
  debugging: false,
  style: { color: false, unicode: true },
  interrupted: undefined,
};

test('an error says what happened, what there is now, what to do next, and what Azure calls it', async () => {
  const run = await runProgram(PROGRAM, ['fail']);
  assert.equal(run.code, 7);
  assert.equal(run.stdout, '');
  assert.deepEqual(run.stderr.split('\n'), [
    'Azure cannot create virtual machine dev: \\x1b[2Jsold out (SkuNotAvailable).',
    'So far it has made dev-ip.',
    '  Another size:   azdock create dev --resume',
    '  Clean up:       azdock rm dev',
    'Azure request id r-1, 2026-11-20T21:40:03Z. More: azdock fail --debug',
    '',
  ]);
});

test('with --json the same facts are one document on stdout, with the same exit code', async () => {
  const run = await runProgram(PROGRAM, ['fail', '--json']);
  assert.equal(run.code, 7);
  assert.equal(run.stderr, '');
  assert.deepEqual(JSON.parse(run.stdout), {
    error: {
      code: 'azure',
      message: 'Azure cannot create virtual machine dev: \x1b[2Jsold out (SkuNotAvailable).',
      resource: 'dev',
      azure: {
        code: 'SkuNotAvailable',
        status: 409,
        requestId: 'r-1',
        timestamp: '2026-11-20T21:40:03Z',
        message: 'long text',
      },
      nextSteps: [
        { label: 'Another size', command: 'azdock create dev --resume' },
        { label: 'Clean up', command: 'azdock rm dev' },
      ],
      details: ['So far it has made dev-ip.'],
    },
  });
});

test('--debug adds Azure’s own text and the stack', async () => {
  const run = await runProgram(PROGRAM, ['fail', '-D']);
  assert.match(run.stderr, /Azure says: long text/);
  assert.match(run.stderr, /at Fail\.run/);
  assert.doesNotMatch(run.stderr, /More:/);
});

test('an error that nobody foresaw is called a bug, and shows its stack only with --debug', async () => {
  const run = await runProgram(PROGRAM, ['fail', 'bug']);
  assert.equal(run.code, 1);
  assert.deepEqual(run.stderr.split('\n'), [
    'This is a bug in azdock. TypeError: x is not a function',
    '  See where:   azdock fail … --debug',
    '',
  ]);
  assert.match((await runProgram(PROGRAM, ['fail', 'bug', '--debug'])).stderr, /at Fail\.run/);
  assert.equal(JSON.parse((await runProgram(PROGRAM, ['fail', 'bug', '--json'])).stdout).error.code, 'bug');
});

test('a wrong command line is one sentence and exit code 2', async () => {
  const cases: [string[], RegExp][] = [
    [['ech'], /^"ech" is not an azdock command\. Did you mean echo\?$/],
    [['echo', '--forse'], /^There is no flag --forse here\. Did you mean --force\?$/],
    [['fail', 'a', 'b'], /^azdock fail takes no further argument: "b"$/],
    [['echo', '--progress', 'loud'], /^--progress is one of auto, plain, none, not "loud"\.$/],
    [['create', '--azure-docker-port', 'x'], /^--azure-docker-port: Expected an integer but received: x$/],
    [['create', '--azure-login=magic'], /^--azure-login is one of auto, client-secret.*not "magic"\.$/],
    [
      ['create', '--registry-password-stdin', '--registry-password-file=x', '--registry-login=u'],
      /--registry-password-file.* cannot also be provided when using --registry-password-stdin/,
    ],
  ];
  for (const [args, expected] of cases) {
    const run = await runProgram(PROGRAM, args);
    assert.equal(run.code, 2, args.join(' '));
    assert.match(run.stderr.split('\n')[0] ?? '', expected);
    assert.equal(run.stdout, '');
  }
});

test('a wrong command line with --json is a document with exit code 2', async () => {
  const run = await runProgram(PROGRAM, ['fail', '--json', 'a', 'b']);
  assert.equal(run.code, 2);
  assert.equal(JSON.parse(run.stdout).error.code, 'usage');
});

test('refusals of the system are no bugs', () => {
  const error = Object.assign(new Error("EACCES: permission denied, open '/x'"), { code: 'EACCES' });
  const { text, document, exitCode } = describeFailure(error, LOOK);
  assert.equal(text, "The system refuses: EACCES: permission denied, open '/x'\n");
  assert.equal(document.error.code, 'system');
  assert.equal(exitCode, 1);
});

test('whatever an interrupted command throws, the signal decides the exit code', () => {
  assert.equal(describeFailure(new CancelledError('Interrupted.'), LOOK).exitCode, 130);
  const aborted = describeFailure(new DOMException('aborted', 'AbortError'), { ...LOOK, interrupted: 143 });
  assert.equal(aborted.exitCode, 143);
  assert.equal(aborted.document.error.code, 'cancelled');
});

test('only the message is coloured, and only when colours are wanted', () => {
  const error = new UsageError('No.', { nextSteps: [{ label: 'Try', command: 'azdock ls' }] });
  const look = { ...LOOK, style: { color: true, unicode: true } };
  assert.equal(describeFailure(error, look).text, '\x1b[31mNo.\x1b[39m\n  Try:   azdock ls\n');
});
