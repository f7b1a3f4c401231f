import assert from 'node:assert/strict';
import { test } from 'node:test';
import { extensionWords, refuseOtherFlags } from '../../src/cli/extension-words.ts';
import { UsageError } from '../../src/errors/usage-error.ts';

const machines =
  (...names: string[]) =>
  (name: string) =>
    names.includes(name);

test('the machine comes first or the action does, and without an action it is show', () => {
  const exists = machines('dev');
  assert.deepEqual(extensionWords(['dev', 'set'], exists), { name: 'dev', action: 'set' });
  assert.deepEqual(extensionWords(['set', 'dev'], exists), { name: 'dev', action: 'set' });
  assert.deepEqual(extensionWords(['dev'], exists), { name: 'dev', action: 'show' });
  assert.deepEqual(extensionWords([undefined], exists), { name: undefined, action: 'show' });
});

test('an action alone is about the machine called default', () => {
  assert.deepEqual(extensionWords(['remove'], machines('default')), { name: undefined, action: 'remove' });
});

test('a machine may be called as an action is', () => {
  assert.deepEqual(extensionWords(['show'], machines('show')), { name: 'show', action: 'show' });
  // Alone it is never more than looked at.
  assert.deepEqual(extensionWords(['remove'], machines('remove')), { name: 'remove', action: 'show' });
  assert.deepEqual(extensionWords(['show', 'set'], machines('show', 'set')), { name: 'show', action: 'set' });
  assert.deepEqual(extensionWords(['show', 'show'], machines('show')), { name: 'show', action: 'show' });
  assert.deepEqual(extensionWords(['remove', 'set'], machines('set')), { name: 'set', action: 'remove' });
  assert.deepEqual(extensionWords(['show', 'dev'], machines('show', 'dev')), { name: 'dev', action: 'show' });
});

test('a machine that there is not is taken by its place, so that its name is what the error tells', () => {
  assert.deepEqual(extensionWords(['dev', 'set'], machines()), { name: 'dev', action: 'set' });
  assert.deepEqual(extensionWords(['set', 'dev'], machines()), { name: 'dev', action: 'set' });
});

test('two words without an action are refused, with the action that was meant', () => {
  assert.throws(() => extensionWords(['dev', 'shwo'], machines('dev')), /"shwo" is nothing .* Did you mean show\?/);
});

test('flags of another action are refused, and one that two have in common is not', () => {
  const ofSet = ['engine-label', 'restart-containers'];
  assert.throws(() => refuseOtherFlags('show', ['dev', '--engine-label', 'a=b'], ofSet), UsageError);
  assert.throws(() => refuseOtherFlags('set', ['--purge'], ofSet), /--purge belongs to extension remove/);
  assert.throws(() => refuseOtherFlags('show', ['--restart-containers'], ofSet), UsageError);
  for (const action of ['set', 'remove'] as const) refuseOtherFlags(action, ['--restart-containers', '--json'], ofSet);
  refuseOtherFlags('show', ['--', '--purge'], ofSet);
});
