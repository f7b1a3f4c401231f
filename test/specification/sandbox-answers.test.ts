import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { startTestSandbox, type TestSandbox } from '../sandbox/start.ts';
import { readExchanges, routeNames } from './exchange.ts';
import type { Findings } from './findings.ts';
import { published, specifications } from './published.ts';

suite('what the sandbox answers', published, () => {
  let sandbox: TestSandbox;
  let findings: Findings;
  let report: string;

  before(async () => {
    sandbox = await startTestSandbox();
    const { askForEverything } = await import('./ask-for-everything.ts');
    const { ArmSchemas } = await import('./arm-schemas.ts');
    const { ExchangeCheck } = await import('./exchange-check.ts');
    const { describe, examine } = await import('./findings.ts');
    await askForEverything(sandbox);
    findings = await examine(await readExchanges(sandbox), {
      exchanges: await ExchangeCheck.open(specifications),
      bodies: new ArmSchemas(specifications),
    });
    report = describe(findings);
  });
  after(() => sandbox?.stop());

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

  test('is asked for with bodies of each type that there are schemas for', async () => {
    const { armTypes } = await import('./arm-schemas.ts');
    assert.deepEqual([...findings.bodies.keys()].sort(), [...armTypes].sort());
  });
});
