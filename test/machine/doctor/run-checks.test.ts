import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ArmError } from '../../../src/errors/arm-error.ts';
import { LoginError } from '../../../src/errors/login-error.ts';
import { StoreError } from '../../../src/errors/store-error.ts';
import type { Check } from '../../../src/machine/doctor/check.ts';
import { advice, command, ok, problem, warning } from '../../../src/machine/doctor/finding.ts';
import { runChecks } from '../../../src/machine/doctor/run-checks.ts';
import { type Clock, systemClock } from '../../../src/wait/wait-until.ts';

const check = (id: string, rest: Partial<Check<string>> = {}): Check<string> => ({
  id,
  title: id.toUpperCase(),
  run: async () => ok('fine'),
  ...rest,
});
const fails = (error: unknown) => ({ run: () => Promise.reject(error) });

function run(
  checks: readonly Check<string>[],
  rest: { clock?: Clock; signal?: AbortSignal; onProgress?: (open: readonly string[]) => void } = {},
) {
  const { clock = systemClock, signal = new AbortController().signal, ...more } = rest;
  return runChecks({ checks, subject: 'dev', timeoutMs: 10_000, clock, signal, again: 'azdock doctor dev', ...more });
}

async function verdicts(checks: readonly Check<string>[]): Promise<Record<string, string>> {
  return Object.fromEntries((await run(checks)).map(({ id, verdict, message }) => [id, `${verdict}: ${message}`]));
}

suite('the checks of doctor', () => {
  test('all run, in whatever way others end, and are told in their order', async () => {
    const found = await run([
      check('a', fails(new TypeError('x is undefined'))),
      check('b', fails(new StoreError('The disk is full.'))),
      check('c'),
    ]);
    assert.deepEqual(
      found.map(({ id, title, verdict }) => [id, title, verdict]),
      [
        ['a', 'A', 'not-checked'],
        ['b', 'B', 'problem'],
        ['c', 'C', 'ok'],
      ],
    );
    assert.match(found[0]?.message ?? '', /bug in azdock.*x is undefined/);
  });

  test('one that needs another waits for it, and is not made when that has failed', async () => {
    const order: string[] = [];
    const noting = (id: string, rest: Partial<Check<string>> = {}) =>
      check(id, {
        run: async () => {
          order.push(id);
          return ok('fine');
        },
        ...rest,
      });
    const found = await verdicts([
      noting('a'),
      noting('b', { needs: ['a'] }),
      check('c', { run: async () => problem('broken', advice('Mend it.')) }),
      noting('d', { needs: ['c'] }),
      noting('e', { needs: () => ['d'] }),
      check('f', { run: async () => warning('old', advice('Look.')) }),
      noting('g', { needs: ['f'] }),
    ]);
    assert.ok(order.indexOf('a') < order.indexOf('b'));
    assert.deepEqual(order.sort(), ['a', 'b', 'g']);
    assert.equal(found['d'], 'not-checked: First: C.');
    assert.equal(found['e'], 'not-checked: First: C.', 'what is at the root of it is named');
    assert.equal(found['g'], 'ok: fine');
  });

  test('one that is not for the subject is left out, and nobody waits for it', async () => {
    const found = await verdicts([
      check('a', { applies: (subject) => subject !== 'dev' }),
      check('b', { needs: ['a'] }),
    ]);
    assert.deepEqual(found, { b: 'ok: fine' });
  });

  test('one that waits for ever ends with the time for all, and says how to give it more', async () => {
    const over = Promise.withResolvers<void>();
    const clock: Clock = { now: () => 0, sleep: () => over.promise };
    const endless = check('a', { run: () => new Promise(() => {}) });
    const ending = run([endless, check('b', { needs: ['a'] }), check('c')], { clock });
    over.resolve();
    const [first, second, third] = await ending;
    assert.deepEqual(first?.fix, command('azdock doctor dev --timeout 60'));
    assert.match(first?.message ?? '', /No answer within 10 s/);
    assert.deepEqual([first?.verdict, second?.verdict, third?.verdict], ['not-checked', 'not-checked', 'ok']);
  });

  test('an interruption ends it', async () => {
    const interrupt = new AbortController();
    const ending = run([check('a', { run: () => new Promise(() => {}) })], { signal: interrupt.signal });
    interrupt.abort(new Error('interrupted'));
    await assert.rejects(ending, /interrupted/);
  });

  test('what Azure does not let one look at is not checked; other refusals are problems, each with one fix', async () => {
    const azure = (kind: 'forbidden' | 'quota') =>
      new ArmError('Azure cannot look.', kind, { code: 'X' }, { nextSteps: [{ label: 'See', command: 'azdock ls' }] });
    const login = new LoginError('No login.', { nextSteps: [{ label: 'Sign in', command: 'az login' }] });
    const plain = new StoreError('Full.', { details: ['Make\n room.'] });
    const found = await run(
      [azure('forbidden'), azure('quota'), login, plain].map((error, index) => check(`${index}`, fails(error))),
    );
    assert.deepEqual(
      found.map(({ verdict, fix }) => [verdict, fix?.text]),
      [
        ['not-checked', undefined],
        ['problem', 'azdock ls'],
        ['problem', 'az login'],
        ['problem', 'Make room.'],
      ],
    );
  });

  test('it tells what it waits for', async () => {
    const told: string[] = [];
    await run([check('a'), check('b', { needs: ['a'] })], { onProgress: (open) => told.push(open.join()) });
    assert.deepEqual(told, ['B', '']);
  });

  test('a check that needs one behind it is a mistake of ours', async () => {
    await assert.rejects(run([check('a', { needs: ['b'] }), check('b')]), TypeError);
  });
});
