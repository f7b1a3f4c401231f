import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesProgress } from '../../src/cli/progress-lines.ts';
import { terminalProgress } from '../../src/cli/progress-terminal.ts';
import { Screen } from './screen.ts';
import { namedProgress } from '../../src/steps/named-progress.ts';

const PLAIN = { color: false, unicode: true };

/** A stream that keeps what is written. */
function sink() {
  const written: string[] = [];
  return { written, write: (text: string) => written.push(text) > 0 };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

test('in a script a step is one line when it is quick', async () => {
  const stream = sink();
  const progress = linesProgress({ stream, style: PLAIN });
  assert.equal(await progress.step('Checks', async () => 42), 42);
  assert.match(stream.written.join(''), /^Checks: done \(0\.\ds\)\n$/);
});

test('in a script a long step says that it started, and every half minute that it goes on', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const stream = sink();
  const { promise, resolve } = Promise.withResolvers<void>();
  const step = linesProgress({ stream, style: PLAIN }).step('Engine', async (handle) => {
    handle.detail('apt: installing');
    handle.title('Engine 28');
    await promise;
  });
  await settle();
  t.mock.timers.tick(61_000);
  resolve();
  await step;
  const lines = stream.written.join('').replaceAll(/[\d.]+s/g, 'Ns');
  assert.equal(
    lines,
    'Engine 28: started\nEngine 28: still at it after Ns, apt: installing\nEngine 28: still at it after Ns, apt: installing\nEngine 28: done (Ns)\n',
  );
});

test('a failing step says so and throws on', async () => {
  const stream = sink();
  const failing = linesProgress({ stream, style: PLAIN }).step('VM', async () => {
    throw new Error('no');
  });
  await assert.rejects(failing, /no/);
  assert.match(stream.written.join(''), /^VM: failed/);
});

test('what comes from outside cannot steer the terminal', async () => {
  const stream = sink();
  const progress = linesProgress({ stream, style: PLAIN });
  progress.warn('a\x1b]0;x\x07');
  progress.info('b\x9b2J');
  assert.deepEqual(stream.written, ['Warning: a\\x1b]0;x\\x07\n', 'b\\x9b2J\n']);
});

test('on a terminal finished steps stay above those that run, in the order in which they end', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const screen = new Screen(80);
  const progress = terminalProgress({ stream: screen, style: PLAIN });
  const slow = Promise.withResolvers<void>();
  const quick = Promise.withResolvers<void>();
  const first = progress.step('Virtual machine dev', async (step) => {
    step.detail('creating');
    await slow.promise;
  });
  const second = progress.step('Keys', () => quick.promise);
  await settle();
  t.mock.timers.tick(300);
  assert.equal(screen.lines().length, 2);
  assert.match(screen.lines()[0] ?? '', /^ {2}[⠋-⠿] Virtual machine dev +0\.\ds$|creating/);
  quick.resolve();
  await second;
  progress.info('a line');
  t.mock.timers.tick(100);
  assert.match(screen.lines()[0] ?? '', /^ {2}✔ Keys +0\.\ds$/);
  assert.equal(screen.lines()[1], 'a line');
  assert.match(screen.lines()[2] ?? '', /Virtual machine dev/);
  slow.resolve();
  await first;
  assert.equal(screen.lines().length, 3);
  assert.match(screen.lines()[2] ?? '', /^ {2}✔ Virtual machine dev +0\.\ds$/);
});

test('on a narrow terminal, and on one that is made narrower, no line is left behind', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const screen = new Screen(100);
  const progress = terminalProgress({ stream: screen, style: PLAIN });
  const { promise, resolve } = Promise.withResolvers<void>();
  const step = progress.step('A rather long title of a step that goes on and on', async (handle) => {
    handle.detail('and a detail of it that is not short either');
    await promise;
  });
  await settle();
  for (const columns of [100, 30, 24, 90]) {
    screen.resize(columns);
    t.mock.timers.tick(100);
    assert.equal(screen.lines().length, 1, `at ${columns} columns: ${screen.lines().join(' / ')}`);
  }
  resolve();
  await step;
});

test('more steps than the terminal has rows are counted, not shown', async () => {
  const screen = new Screen(80);
  screen.rows = 5;
  const progress = terminalProgress({ stream: screen, style: PLAIN });
  const { promise, resolve } = Promise.withResolvers<void>();
  const steps = Array.from({ length: 9 }, (_, n) => progress.step(`Machine ${n}`, () => promise));
  await settle();
  assert.equal(screen.lines().length, 4);
  assert.equal(screen.lines()[3], '  and 6 more');
  resolve();
  await Promise.all(steps);
  assert.equal(screen.lines().length, 9);
});

test('the cursor is never hidden, so that a kill leaves the terminal as it was', async () => {
  const screen = new Screen(80);
  await terminalProgress({ stream: screen, style: PLAIN }).step('Checks', async () => {});
  assert.doesNotMatch(screen.raw, /\x1b\[\?/);
});

test('several machines are told apart by their names', async () => {
  const stream = sink();
  const progress = namedProgress(linesProgress({ stream, style: PLAIN }), 'dev');
  await progress.step('VM', async (step) => step.title('VM dev'));
  progress.info('x');
  assert.match(stream.written.join(''), /^dev: VM dev: done \(0\.\ds\)\ndev: x\n$/);
});
