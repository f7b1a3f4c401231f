import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tidyAnswer } from '../../src/drivers/azure/answer-shape.ts';
import { published, specifications } from './published.ts';

/** Asked for by nobody here. */
const NOT_ASKED_FOR = /EffectiveRouteTable/;

test("azdock takes nothing out of any answer among Microsoft's own examples but what is null", published, () => {
  const problems: string[] = [];
  let answers = 0;
  for (const file of globSync('swagger/specification/**/examples/**/*.json', { cwd: specifications })) {
    const { responses } = parseExample(readFileSync(join(specifications, file), 'utf8'));
    for (const { body } of Object.values(responses ?? {})) {
      if (body === undefined || NOT_ASKED_FOR.test(file)) continue;
      answers += 1;
      problems.push(...tidyAnswer(body).map((path) => `${file}: ${path}`));
    }
  }
  assert.deepEqual(problems, []);
  assert.ok(answers > 500, `${answers} answers`);
});

function parseExample(text: string): { readonly responses?: Record<string, { readonly body?: unknown }> } {
  return JSON.parse(text);
}
