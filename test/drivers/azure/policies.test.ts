import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { OperationFailures } from '../../../src/drivers/azure/arm-failure.ts';
import { cacheTokens } from '../../../src/drivers/azure/cached-credential.ts';
import { findCloud } from '../../../src/drivers/azure/clouds.ts';
import { operationPolicy } from '../../../src/drivers/azure/operation-policy.ts';
import { openTransport } from '../../../src/drivers/azure/transport.ts';
import { dependencies, fakeClock, scriptedAzure } from './scripted-azure.ts';

const request = () => createPipelineRequest({ url: 'https://management.azure.com/x' });

/** Sends one request through the operation policy. @returns what it slept before it gave the answer on, in milliseconds */
async function pauses(url: string, answer: { status: number; retryAfter?: string; body?: unknown }): Promise<number[]> {
  const clock = fakeClock();
  const failures = new OperationFailures();
  const policy = operationPolicy({ maxPauseMs: 4_000, deadlineMs: undefined, failures, clock });
  const headers = createHttpHeaders(answer.retryAfter === undefined ? {} : { 'retry-after': answer.retryAfter });
  const bodyAsText = answer.body === undefined ? '' : JSON.stringify(answer.body);
  const { status } = answer;
  await policy.sendRequest(createPipelineRequest({ url }), async (sent) => ({
    request: sent,
    status,
    headers,
    bodyAsText,
  }));
  return clock.sleeps;
}

test('an answer that an operation goes on is kept back until it is time to ask again, and not for longer than asking often costs', async () => {
  const operation = 'https://management.azure.com/subscriptions/s/providers/Microsoft.Compute/locations/l/operations/1';
  const body = { status: 'InProgress' };
  assert.deepEqual(await pauses(operation, { status: 200, retryAfter: '30', body }), [4_000]);
  assert.deepEqual(await pauses(operation, { status: 202, retryAfter: '70' }), [4_000]);
  assert.deepEqual(await pauses(operation, { status: 200, retryAfter: '2', body }), [2_000]);
  assert.deepEqual(await pauses(operation, { status: 200, body }), [4_000]);
  assert.deepEqual(await pauses(operation, { status: 200, body: { status: 'Succeeded' } }), []);
  assert.deepEqual(await pauses(operation, { status: 429, retryAfter: '30' }), []);
  assert.deepEqual(await pauses('https://management.azure.com/subscriptions/s', { status: 200, body }), []);
});

test('a token is asked for once, and again after a failure or near its end', async () => {
  let asked = 0;
  const credential = cacheTokens(
    () => ({
      async getToken(scope) {
        asked += 1;
        if (asked === 1) throw new Error('not yet');
        return { token: String(asked), expiresOnTimestamp: Date.now() + (scope === 'short' ? 60_000 : 3_600_000) };
      },
    }),
    (error) => new Error(`told: ${error instanceof Error ? error.message : ''}`),
  );
  await assert.rejects(credential.getToken('long'), /told: not yet/);
  const both = await Promise.all([credential.getToken('long'), credential.getToken('long')]);
  assert.deepEqual(
    both.map((token) => token?.token),
    ['2', '2'],
  );
  await credential.getToken('short');
  assert.equal((await credential.getToken('short'))?.token, '4');
});

test('an address in the debug lines has its API version and nothing else of its query', async () => {
  const lines: string[] = [];
  const { httpClient } = scriptedAzure(() => ({ status: 200 }));
  const given = dependencies({ httpClient, debug: (line) => lines.push(line) });
  const transport = openTransport(await findCloud('AzurePublicCloud', given), given);
  await transport.sendRequest(
    createPipelineRequest({ url: 'https://management.azure.com/operations/1?api-version=7&s=signature' }),
  );
  assert.deepEqual(lines, ['GET https://management.azure.com/operations/1?api-version=7 200 - 0 ms']);
});

test('no answer at all counts as a failure of the network, but not when the user interrupts', async () => {
  const abort = new Error('The operation was aborted.');
  abort.name = 'AbortError';
  const given = dependencies({
    httpClient: {
      async sendRequest() {
        throw abort;
      },
    },
  });
  const transport = openTransport(await findCloud('AzurePublicCloud', given), given);
  await assert.rejects(
    transport.sendRequest(request()),
    (error: unknown) => error instanceof RestError && error.code === 'ETIMEDOUT',
  );
  const interrupted = createPipelineRequest({
    url: 'https://management.azure.com/x',
    abortSignal: AbortSignal.abort(),
  });
  await assert.rejects(transport.sendRequest(interrupted), abort);
});
