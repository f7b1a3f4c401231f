import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { listenForInterrupt } from '../../src/cli/interrupt.ts';
import { CancelledError } from '../../src/errors/cancelled-error.ts';
import { PROGRAM, runProgram } from './run-program.ts';

class Source extends EventEmitter {
  readonly exits: number[] = [];
  exit(code: number): void {
    this.exits.push(code);
  }
}

test('the first signal aborts, the second ends the process', () => {
  const source = new Source();
  const notices: string[] = [];
  const interrupt = listenForInterrupt(source, (text) => notices.push(text));
  source.emit('SIGINT');
  assert.ok(interrupt.signal.reason instanceof CancelledError);
  assert.equal(interrupt.exitCode, 130);
  assert.deepEqual(source.exits, []);
  assert.equal(notices.length, 1);
  source.emit('SIGTERM');
  assert.deepEqual(source.exits, [143]);
  assert.equal(interrupt.exitCode, 130);
});

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`a command that is interrupted by ${signal} ends in order with ${code}`, async () => {
    const run = await runProgram(PROGRAM, ['wait'], {
      onOutput: (text, kill) => text.includes('ready') && kill(signal),
    });
    assert.equal(run.code, code);
    assert.match(run.stderr, /Waiting: failed/);
    assert.match(run.stderr, /Interrupted\.\n$/);
  });
}
