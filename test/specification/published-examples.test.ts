import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { openArm, rawRequest } from '../sandbox/raw-https.ts';
import { startTestSandbox } from '../sandbox/start.ts';
import { readExchanges } from './exchange.ts';
import { published, specifications } from './published.ts';
import type { PublishedExample } from './published-examples.ts';

/** So that what an example makes is there when others look at it, and goes in the end. */
const ORDER = ['PUT', 'GET', 'HEAD', 'PATCH', 'POST', 'DELETE'];

suite("Microsoft's own examples", published, () => {
  test('are met by the sandbox with answers as Azure has them: most with a refusal of what it does not play', async (t) => {
    const { publishedExamples } = await import('./published-examples.ts');
    const { ExchangeCheck } = await import('./exchange-check.ts');
    const { describe, examine } = await import('./findings.ts');
    await using sandbox = await startTestSandbox();
    const arm = await openArm(sandbox);
    const examples = publishedExamples(specifications).sort(byMethod);
    for (const group of new Set(examples.map(({ group }) => group)))
      if (group !== undefined) await arm('PUT', `/resourcegroups/${group}`, { location: 'westus' });
    for (const { method, url, body } of examples) {
      // The examples have more than one way to name a subscription.
      const ours = (text: string) => text.replaceAll(/\{subscription-?id\}/gi, sandbox.subscriptionId);
      const sent = body === undefined ? {} : { body: JSON.parse(ours(JSON.stringify(body))) };
      await rawRequest(sandbox, method, ours(url), { token: arm.token, ...sent });
    }
    const exchanges = await readExchanges(sandbox);
    const findings = await examine(exchanges, { exchanges: await ExchangeCheck.open(specifications) });
    t.diagnostic(`${describe(findings)}\n${byStatus(exchanges)}`);
    assert.deepEqual(findings.problems, []);
    assert.ok(examples.length > 200, `only ${examples.length} examples were found`);
    assert.ok(exchanges.filter(({ status }) => status < 300).length > 50, 'the sandbox takes up some of them');
  });
});

function byMethod(one: PublishedExample, other: PublishedExample): number {
  return ORDER.indexOf(one.method) - ORDER.indexOf(other.method);
}

function byStatus(exchanges: readonly { readonly status: number }[]): string {
  const counts = Object.entries(Object.groupBy(exchanges, ({ status }) => status));
  return `answers by status: ${counts.map(([status, those = []]) => `${status} ${those.length}`).join(', ')}`;
}
