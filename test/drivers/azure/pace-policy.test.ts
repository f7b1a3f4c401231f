import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHttpHeaders, createPipelineRequest, type PipelineResponse } from '@azure/core-rest-pipeline';
import { pacePolicy } from '../../../src/drivers/azure/pace-policy.ts';
import { Pace } from '../../../src/wait/pace.ts';
import { fakeClock } from './scripted-azure.ts';

const LEFT = 'x-ms-ratelimit-remaining-subscription-reads';

/** Sends one request to something that answers in turn; the last answer is repeated. */
async function send(...answers: readonly { status: number; headers?: Record<string, string> }[]) {
  const clock = fakeClock();
  const policy = pacePolicy('s', new Pace(clock), clock);
  let asked = 0;
  const response = await policy.sendRequest(
    createPipelineRequest({ url: 'https://management.azure.com/x' }),
    async (request): Promise<PipelineResponse> => {
      const { status, headers } = answers[Math.min(asked, answers.length - 1)] ?? { status: 200 };
      asked += 1;
      return { request, status, headers: createHttpHeaders(headers ?? {}), bodyAsText: '' };
    },
  );
  return { status: response.status, asked, waitedSeconds: Math.round(clock.now() / 1000) };
}

test('a refused request is sent again after the time that Azure names, in seconds, as a date, or not at all', async () => {
  const refused = (headers: Record<string, string>) => ({ status: 429, headers });
  const ok = { status: 200 };
  const date = { date: 'Sat, 21 Nov 2026 10:00:00 GMT', 'retry-after': 'Sat, 21 Nov 2026 10:00:40 GMT' };
  assert.deepEqual(await send(refused({ 'retry-after': '17' }), ok), { status: 200, asked: 2, waitedSeconds: 17 });
  assert.deepEqual(await send(refused(date), ok), { status: 200, asked: 2, waitedSeconds: 40 });
  assert.deepEqual(await send(refused({ 'retry-after-ms': '3000' }), ok), { status: 200, asked: 2, waitedSeconds: 3 });
  assert.deepEqual(await send(refused({}), ok), { status: 200, asked: 2, waitedSeconds: 5 });
  assert.deepEqual(await send(refused({ 'retry-after': 'soon' }), ok), { status: 200, asked: 2, waitedSeconds: 5 });
});

test('after a quarter of an hour the refusal is the answer', async () => {
  const { status, waitedSeconds } = await send({ status: 429, headers: { 'retry-after': '100' } });
  assert.equal(status, 429);
  assert.ok(waitedSeconds <= 900);
});

test('when the whole bucket is empty the requests beside it wait as well, else they go on', async () => {
  const clock = fakeClock();
  const pace = new Pace(clock);
  const policy = pacePolicy('s', pace, clock);
  const answerWith = async (headers: Record<string, string>) => {
    let asked = 0;
    await policy.sendRequest(createPipelineRequest({ url: 'https://management.azure.com/x' }), async (request) => {
      asked += 1;
      const status = asked === 1 ? 429 : 200;
      return { request, status, headers: createHttpHeaders(status === 429 ? headers : { [LEFT]: '200' }) };
    });
  };
  await answerWith({ 'retry-after': '9', [LEFT]: '0' });
  assert.ok(clock.now() >= 9_000);
  assert.ok(clock.sleeps.length >= 1);
});
