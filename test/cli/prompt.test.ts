import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { askHidden, confirm } from '../../src/cli/prompt.ts';
import { PROGRAM, runProgram } from './run-program.ts';

const answers: [input: string, expected: 'yes' | 'no'][] = [
  ['y\n', 'yes'],
  ['Yes please\n', 'yes'],
  ['  yup', 'yes'],
  ['n\n', 'no'],
  ['\n', 'no'],
  ['', 'no'],
  ['no y\n', 'no'],
];

for (const [input, expected] of answers) {
  test(`a piped ${JSON.stringify(input)} means ${expected}`, async () => {
    const run = await runProgram(PROGRAM, ['ask'], { input });
    assert.deepEqual(run, { code: 0, stdout: `${expected}\n`, stderr: 'Are you sure? (y/n): ' });
  });
}

test('a question that is waiting can be interrupted', async () => {
  const interrupt = new AbortController();
  const asked = confirm({
    text: 'Sure?',
    input: new PassThrough(),
    output: { write: () => true },
    signal: interrupt.signal,
  });
  interrupt.abort(new Error('interrupted'));
  await assert.rejects(asked, /interrupted/);
});

test('what is typed in secret is taken key by key and shown nowhere', async () => {
  const shown: string[] = [];
  const modes: boolean[] = [];
  const input = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => modes.push(on) });
  const asked = askHidden({
    text: 'Password:',
    input: input as unknown as NodeJS.ReadStream,
    output: { write: (text: string) => shown.push(text) > 0 },
    signal: new AbortController().signal,
  });
  input.write('hunterx\u007f2');
  input.write('\r');
  assert.equal(await asked, 'hunter2');
  assert.deepEqual(shown, ['Password: ', '\n']);
  assert.deepEqual(modes, [true, false]);
});
