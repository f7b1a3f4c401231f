import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { handMadeRequests, plainCalls } from '../specification/plain-calls.ts';
import { sdkCalls } from '../specification/sdk-calls.ts';
import { sdkRoutes } from '../specification/sdk-routes.ts';
import { Lane, type SeenRequest } from './lane.ts';
import { stories } from './stories.ts';
import { observe } from './story-cases.ts';

/** What the files ask for that build a request by hand, before there is a login; the rest asks no Azure, or by others' means. */
const byHand: Readonly<Record<string, readonly string[]>> = {
  'ask-patiently.ts': ['GET /metadata/endpoints', 'GET /subscriptions/{subscription}'],
  'diagnosis/ask-openly.ts': ['GET /subscriptions'],
  'credentials.ts': [],
  'plain-request.ts': [],
};

suite('faults strike every request that azdock can make', () => {
  let lane: Lane;
  const routes = sdkRoutes();
  const operations = sdkCalls();
  const seen = new Map<string, SeenRequest>();
  const routeOf = (operation: string) => routes.get(operation) ?? assert.fail(`the SDK has no ${operation}`);
  const isOf = (operation: string, { method, path }: SeenRequest) => routeOf(operation).test(`${method} ${path}`);

  before(async () => {
    lane = await Lane.open();
    for (const story of stories)
      for (const one of await observe(lane, story)) seen.set(`${one.method} ${one.path} ${one.isOpen}`, one);
  });
  after(() => lane?.close());

  test('that of each operation of the SDK', () => {
    assert.ok(operations.length > 50, 'the calls are found in the source');
    assert.deepEqual(
      operations.filter((operation) => ![...seen.values()].some((one) => isOf(operation, one))),
      [],
    );
  });

  test('that of each place which asks without a client of the SDK', () => {
    const calls = plainCalls();
    assert.ok(calls.length > 5, 'they are found in the source');
    const others = [...seen.values()].filter(
      (one) => !one.isOpen && !operations.some((operation) => isOf(operation, one)),
    );
    for (const { method, apiVersion } of calls) {
      const alike = (one: { readonly method: string; readonly apiVersion: string }) =>
        one.method === method && one.apiVersion === apiVersion;
      const [places, requests] = [calls.filter(alike), others.filter(alike)];
      assert.ok(
        places.length <= requests.length,
        `${method} with ${apiVersion} at ${places.map(({ file }) => file)}, seen: ${requests.map(({ path }) => path)}`,
      );
    }
  });

  test('in every story', () => {
    const files = globSync('*-faults.chaos.ts', { cwd: import.meta.dirname });
    const texts = files.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join();
    assert.deepEqual(
      stories.filter(({ name }) => !texts.includes(`'${name}'`)),
      [],
    );
  });

  test('those that are built by hand', () => {
    assert.deepEqual(handMadeRequests().sort(), Object.keys(byHand).sort());
    const open = new Set(
      [...seen.values()].flatMap(({ isOpen, method, path }) => (isOpen ? [`${method} ${path}`] : [])),
    );
    for (const request of Object.values(byHand).flat()) assert.ok(open.has(request), request);
  });
});
