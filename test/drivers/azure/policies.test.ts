import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHttpHeaders, createPipelineRequest, RestError } from '@azure/core-rest-pipeline';
import { OperationFailures } from '../../../src/drivers/azure/arm-failure.ts';
import { cacheTokens } from '../../../src/drivers/azure/cached-credential.ts';
import { findCloud } from '../../../src/drivers/azure/clouds.ts';
import { operationPolicy } from '../../../src/drivers/azure/operation-policy.ts';
import { openTransport } from '../../../src/drivers/azure/transport.ts';
import { dependencies, scriptedAzure } from './scripted-azure.ts';

const request = () => createPipelineRequest({ url: 'https://management.azure.com/x' });

async function retryAfter(status: number, given: string | undefined): Promise<string | undefined> {
  const policy = operationPolicy({ maxWaitSeconds: 4, failures: new OperationFailures() });
  const headers = createHttpHeaders(given === undefined ? {} : { 'retry-after': given });
  const response = await policy.sendRequest(request(), async (sent) => ({
    request: sent,
    status,
    headers,
    bodyAsText: '',
  }));
  return response.headers.get('retry-after');
}

test('a long Retry-After of a running operation is lowered, a short one and that of a throttled request are kept', async () => {
  assert.equal(await retryAfter(200, '30'), '4');
  assert.equal(await retryAfter(202, '70'), '4');
  assert.equal(await retryAfter(200, '2'), '2');
  assert.equal(await retryAfter(200, undefined), undefined);
  assert.equal(await retryAfter(429, '30'), '30');
});

test('a token is asked for once, and again after a failure or near its end', async () => {
  let asked = 0;
  const credential = cacheTokens(
    {
      async getToken(scope) {
        asked += 1;
        if (asked === 1) throw new Error('not yet');
        return { token: String(asked), expiresOnTimestamp: Date.now() + (scope === 'short' ? 60_000 : 3_600_000) };
      },
    },
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
