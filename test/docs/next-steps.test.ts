import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { nextStepProblem } from './next-step-problem.ts';

/** Commands that the source writes out, with a word in the place of each value. */
function commandsIn(file: string): string[] {
  const texts = [...readFileSync(file, 'utf8').matchAll(/\bcommand(?:: ?|\()(['`"])([a-z][^\n]*?)\1/g)];
  return texts.map(([, , text = '']) => text.replaceAll(/\$\{[^}]*\}/g, 'x'));
}

test('every next step that is written out in the source is a command, with flags that it has', async () => {
  const files = globSync('src/**/*.ts').filter((file) => !/^src\/(sandbox|provision\/script)\//.test(file));
  const found = files.flatMap((file) => commandsIn(file).map((command) => ({ file, command })));
  assert.ok(found.length > 100, `${found.length} commands found`);
  // A flag that is a value has to be looked at where it is put in.
  const whole = found.filter(({ command }) => !/ --x|^azdock x /.test(command));
  const problems = await Promise.all(
    whole.map(async ({ file, command }) => {
      const problem = await nextStepProblem(command);
      return problem === undefined ? [] : [`${file}: ${problem}`];
    }),
  );
  assert.deepEqual(problems.flat(), []);
});
