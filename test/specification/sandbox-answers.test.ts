import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';
import { readExchanges, routeNames } from './exchange.ts';
import { published, specifications } from './published.ts';

suite('what the sandbox answers', published, () => {
  let sandbox: TestSandbox;
  let findings: import('./check-exchanges.ts').Findings;
  let report = '';

  before(async () => {
    sandbox = await startTestSandbox();
    const [{ Checks, describe }, { askForEverything }] = await Promise.all([
      import('./check-exchanges.ts'),
      import('./ask-for-everything.ts'),
    ]);
    await askForEverything(sandbox);
    findings = await (await Checks.open(specifications)).run(await readExchanges(sandbox));
    report = describe(findings);
  });
  after(() => sandbox.stop());

  test('is what Microsoft publishes that Azure answers', (t) => {
    t.diagnostic(report);
    assert.deepEqual(findings.problems, []);
  });

  test('was asked for at each of its routes', () => {
    assert.deepEqual(
      routeNames.filter((route) => !findings.routes.has(route)),
      [],
    );
  });
});
