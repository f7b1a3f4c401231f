import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TypedWords, withTypedFlags } from '../../src/commands/typed-again.ts';
import type { AzdockError, NextStep } from '../../src/errors/azdock-error.ts';
import { PreCreateCheckError } from '../../src/errors/pre-create-check-error.ts';
import { UsageError } from '../../src/errors/usage-error.ts';

const shapes = {
  'azure-size': { type: 'option' },
  'azure-spot': { type: 'boolean' },
  'azure-client-secret': { type: 'option' },
  'azure-open-port': { type: 'option', multiple: true, env: 'AZDOCK_AZURE_OPEN_PORT' },
  'engine-label': { type: 'option', multiple: true },
  rollback: { type: 'boolean', allowNo: true },
  json: { type: 'boolean' },
} as const;

/** The commands that become of an error's steps, for a user who typed `words`. */
function commandsOf(
  error: AzdockError,
  words: readonly string[],
  environment: TypedWords['environment'] = {},
): string[] {
  const told = withTypedFlags(error, { words, shapes, environment });
  assert.equal(told, error, 'the error stays what it is');
  return error.nextSteps.map(({ command }) => command);
}

function refused(...steps: readonly Omit<NextStep, 'label'>[]): PreCreateCheckError {
  return new PreCreateCheckError('No.', { nextSteps: steps.map((step) => ({ label: 'Other', ...step })) });
}

test('a creation that is proposed has the flags that were typed, quoted where a shell would change them', () => {
  const words = ['dev', '--azure-spot', '--engine-label', 'a=b c', '--engine-label', "it's", '--no-rollback'];
  assert.deepEqual(commandsOf(refused({ command: 'azdock create dev --azure-size Big' }), words), [
    "azdock create dev --azure-size Big --azure-spot --engine-label 'a=b c' --engine-label 'it'\\''s' --no-rollback",
  ]);
});

test('what the step says itself counts, and what it must not have is left out', () => {
  const words = ['--azure-size', 'Small', '--azure-spot', '--rollback', 'dev'];
  const steps = [
    { command: 'azdock create dev --azure-size Big' },
    { command: 'azdock create dev --azure-size Small', without: ['azure-spot'] },
    { command: 'azdock create dev --no-rollback' },
  ];
  assert.deepEqual(commandsOf(refused(...steps), words), [
    'azdock create dev --azure-size Big --azure-spot --rollback',
    'azdock create dev --azure-size Small --rollback',
    'azdock create dev --no-rollback --azure-size Small --azure-spot',
  ]);
});

test('secrets, what is about the run, and what the environment holds are not said again', () => {
  const words = [
    '--azure-client-secret',
    'hush',
    '--json',
    '--azure-open-port',
    '80',
    '--azure-open-port',
    '81',
    'dev',
  ];
  const environment = { AZDOCK_AZURE_OPEN_PORT: '80' };
  assert.deepEqual(commandsOf(refused({ command: 'azdock create dev --azure-spot' }), words, environment), [
    'azdock create dev --azure-spot --azure-open-port 81',
  ]);
});

test('other commands, and creations that go on from the record, stay as they are', () => {
  const steps = ['azdock rm dev', 'azdock create dev --resume --azure-size Big', 'azdock create --azure-size Big …'];
  const error = refused(...steps.map((command) => ({ command })));
  assert.deepEqual(commandsOf(error, ['dev', '--azure-spot']), steps);
});

test('a flag that cannot be used is not proposed again', () => {
  const nextSteps = [{ label: 'Without', command: 'azdock create dev' }];
  const error = new UsageError('--azure-size: no.', { resource: '--azure-size', nextSteps });
  assert.deepEqual(commandsOf(error, ['dev', '--azure-size', 'x', '--azure-spot']), ['azdock create dev --azure-spot']);
});

test('what is no error of azdock is given back', () => {
  const bug = new TypeError('x');
  assert.equal(withTypedFlags(bug, { words: [], shapes, environment: {} }), bug);
});
