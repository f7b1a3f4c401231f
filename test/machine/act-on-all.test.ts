import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { AzdockError } from '../../src/errors/azdock-error.ts';
import { SeveralErrors } from '../../src/errors/several-errors.ts';
import { actOnAll } from '../../src/machine/act-on-all.ts';
import { listeningProgress, testContext } from './context-fixture.ts';
import { addMachine, temporaryStore } from './store-fixture.ts';

class Failure extends AzdockError {
  readonly code = 'failure';
  readonly exitCode = 1;
}

test('when one machine cannot be read, nothing is done to any, and all that cannot be read are named', async (t) => {
  const root = temporaryStore(t);
  addMachine(root, 'a', 'none', {});
  let acted = 0;
  const acting = actOnAll(['a', 'gone', 'lost'], testContext(root), async () => {
    acted += 1;
  });
  await assert.rejects(acting, (error: unknown) => {
    assert.ok(error instanceof SeveralErrors);
    assert.equal(error.exitCode, 4);
    assert.match([error.message, ...error.details].join('\n'), /"gone" does not exist[\s\S]*"lost" does not exist/);
    return true;
  });
  assert.equal(acted, 0);
});

test('machines have their turn at the same time, and a failure of one does not keep the others', async (t) => {
  const root = temporaryStore(t);
  for (const name of ['a', 'b', 'c']) addMachine(root, name, 'none', {});
  const both = Promise.withResolvers<void>();
  const bad = new Failure('b does not want to.');
  const outcome = await actOnAll(['a', 'b', 'c'], testContext(root), async ({ name }) => {
    if (name === 'b') throw bad;
    if (name === 'c') both.resolve();
    // Ends only if c has begun before a is done.
    await both.promise;
    return name;
  });
  assert.deepEqual(outcome, { done: ['a', 'c'], failures: [bad] });
});

test('a name that is given twice counts once, and what all of them failed with is told once', async (t) => {
  const root = temporaryStore(t);
  for (const name of ['a', 'b']) addMachine(root, name, 'none', {});
  const shared = new Failure('The CA cannot be used.');
  let acted = 0;
  const outcome = await actOnAll(['a', 'b', 'a'], testContext(root), async () => {
    acted += 1;
    throw shared;
  });
  assert.deepEqual(outcome, { done: [], failures: [shared] });
  assert.equal(acted, 2);
});

test('a machine is locked while it is worked on, and named before each line when there are several', async (t) => {
  const root = temporaryStore(t);
  for (const name of ['a', 'b']) addMachine(root, name, 'none', {});
  const lock = (name: string) => join(root, '.locks', `machine-${name}.lock`);
  const progress = listeningProgress();
  const several = await actOnAll(['a', 'b'], testContext(root, { progress }), async ({ name, context }) => {
    context.progress.info('hello');
    return existsSync(lock(name));
  });
  assert.deepEqual(several.done, [true, true]);
  assert.deepEqual(progress.said.sort(), ['a: hello', 'b: hello']);
  assert.equal(existsSync(lock('a')), false);

  await actOnAll(['a'], testContext(root, { progress }), async ({ context }) => context.progress.info('alone'));
  assert.equal(progress.said.at(-1), 'alone');
});

test('an interruption is what is told, whatever the machines failed with', async (t) => {
  const root = temporaryStore(t);
  addMachine(root, 'a', 'none', {});
  const user = new AbortController();
  const context = testContext(root, { signal: user.signal });
  const acting = actOnAll(['a'], context, async () => {
    user.abort(new Failure('Interrupted.'));
    throw new Failure('The request was cut.');
  });
  await assert.rejects(acting, /Interrupted/);
});

test('an error without advice is given the command that shows how the machine stands; advice of its own stays', async (t) => {
  const root = temporaryStore(t);
  for (const name of ['a', 'b']) addMachine(root, name, 'none', {});
  const own = { label: 'Do', command: 'azdock ls' };
  const { failures } = await actOnAll(['a', 'b'], testContext(root), async ({ name }) => {
    throw name === 'a' ? new Failure('No.') : new Failure('No.', { nextSteps: [own] });
  });
  assert.deepEqual(
    failures.map((failure) => (failure instanceof AzdockError ? failure.nextSteps : [])),
    [[{ label: 'How it stands', command: 'azdock status a' }], [own]],
  );
});
