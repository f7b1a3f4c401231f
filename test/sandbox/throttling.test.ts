import assert from 'node:assert/strict';
import { test } from 'node:test';
import { control } from './control-calls.ts';
import { ManualClock } from './manual-clock.ts';
import { openArm } from './raw-https.ts';
import { startTestSandbox } from './start.ts';

const REMAINING = 'x-ms-ratelimit-remaining-subscription-reads';
const groups = '/resourcegroups';
const machine = '/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm';

async function startThrottled(throttling = { enabled: true, factor: 1 }) {
  const clock = new ManualClock();
  const sandbox = await startTestSandbox({ clock, settings: { throttling } });
  return { sandbox, clock, arm: await openArm(sandbox) };
}

test('reads beyond the bucket are refused until it has filled again', async () => {
  const { sandbox, clock, arm } = await startThrottled();
  await using _ = sandbox;
  for (let left = 249; left >= 0; left -= 1) {
    const { status, headers } = await arm('GET', groups);
    assert.equal(status, 200);
    assert.equal(headers[REMAINING], String(left));
  }
  const refused = await arm('GET', groups);
  assert.equal(refused.status, 429);
  assert.equal(refused.body.error.code, 'SubscriptionRequestsThrottled');
  assert.equal(refused.headers['retry-after'], '1');
  assert.equal(refused.headers[REMAINING], '0');
  assert.equal((await arm('PUT', '/resourcegroups/rg', { location: 'westeurope' })).status, 201, 'writes are apart');
  await clock.advance(1);
  assert.equal((await arm('GET', groups)).headers[REMAINING], '24');
});

test('one virtual machine has buckets of its own, in the words of Microsoft.Compute', async () => {
  const { sandbox, arm } = await startThrottled();
  await using _ = sandbox;
  const last = await Array.from({ length: 36 }).reduce<Promise<unknown>>(
    async (before) => before.then(() => arm('GET', machine)),
    Promise.resolve(),
  );
  assert.match(
    String((last as Awaited<ReturnType<typeof arm>>).headers['x-ms-ratelimit-remaining-resource']),
    /^Microsoft\.Compute\/LowCostGetSubscription;\d+,Microsoft\.Compute\/LowCostGetResource;0$/,
  );
  const refused = await arm('GET', machine);
  assert.equal(refused.status, 429);
  assert.equal(refused.body.error.code, 'OperationNotAllowed');
  assert.equal(refused.body.error.details[0].code, 'TooManyRequests');
  assert.equal(refused.headers['retry-after'], '5');
  assert.equal((await arm('GET', machine.replace(/vm$/, 'other'))).status, 404);
});

test('a factor lets buckets fill faster, and without throttling nothing is refused', async () => {
  const { sandbox, clock, arm } = await startThrottled({ enabled: true, factor: 10 });
  await using _ = sandbox;
  const read = async (times: number) => {
    let status = 0;
    for (let done = 0; done < times; done += 1) ({ status } = await arm('GET', groups));
    return status;
  };
  assert.equal(await read(251), 429);
  await clock.advance(1);
  assert.equal(await read(250), 200);
  assert.equal((await control(sandbox, 'PUT', 'throttling', { enabled: false })).status, 200);
  assert.equal(await read(2), 200);
  assert.equal((await control(sandbox, 'PUT', 'throttling', { enabled: true, factor: 0 })).status, 400);
});
