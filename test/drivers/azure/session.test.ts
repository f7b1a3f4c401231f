import assert from 'node:assert/strict';
import { test } from 'node:test';
import { azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { openSession } from '../../../src/drivers/azure/session.ts';
import { ArmError } from '../../../src/errors/arm-error.ts';
import { ConnectionError } from '../../../src/errors/connection-error.ts';
import { LoginError } from '../../../src/errors/login-error.ts';
import { Secret } from '../../../src/secret/secret.ts';
import { type Answer, type Call, dependencies, fakeClock, refusal, scriptedAzure } from './scripted-azure.ts';

const { options } = azureOptions({
  subscriptionId: 'sub-1',
  tenantId: 'tenant-1',
  clientId: 'client-1',
  clientSecret: new Secret('hush'),
});
const deed = { doing: 'create virtual machine dev', resource: 'dev', machine: 'dev', options };

async function open(script: (call: Call, nth: number) => Answer, debug?: (line: string) => void) {
  const azure = scriptedAzure(script);
  const clock = fakeClock();
  const session = await openSession('dev', options, dependencies({ httpClient: azure.httpClient, clock, debug }));
  const getVm = () => session.call(deed, undefined, async (to) => (await to.compute()).virtualMachines.get('g', 'dev'));
  const putSet = () =>
    session.call(deed, undefined, async (to) =>
      (await to.compute()).availabilitySets.createOrUpdate('g', 'dev', { location: 'westeurope' }),
    );
  return { session, azure, clock, getVm, putSet };
}

function isArm(kind: string, message: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof ArmError, String(error));
    assert.equal(error.kind, kind);
    assert.match(error.message, message);
    return true;
  };
}

test('a size that is sold out is told in one sentence, with the code, the request id and whole commands', async () => {
  const { getVm } = await open(() =>
    refusal(409, 'SkuNotAvailable', 'The requested VM size is currently not available. Long text.', {
      'x-ms-request-id': 'req-7',
      date: 'Fri, 20 Nov 2026 21:40:03 GMT',
    }),
  );
  await assert.rejects(getVm(), (error: unknown) => {
    assert.ok(error instanceof ArmError);
    assert.equal(
      error.message,
      'Azure cannot create virtual machine dev: Standard_B2s_v2 is sold out in westeurope for this subscription (SkuNotAvailable).',
    );
    assert.equal(error.exitCode, 7);
    assert.equal(error.azure?.requestId, 'req-7');
    assert.equal(error.azure?.timestamp, '2026-11-20T21:40:03.000Z');
    assert.equal(error.azure?.status, 409);
    assert.ok(error.nextSteps.every(({ command }) => /^azdock (rm|create) dev/.test(command)));
    return true;
  });
});

test('quota, policy, missing rights and unknown codes are told apart', async () => {
  const quota = refusal(
    409,
    'OperationNotAllowed',
    'Operation results in exceeding approved Total Regional Cores quota. More.',
  );
  await assert.rejects(
    (await open(() => quota)).getVm(),
    isArm('quota', /quota of cores in westeurope \(OperationNotAllowed\)/),
  );
  const state = refusal(409, 'OperationNotAllowed', "VM 'dev' is being deallocated. Try later.");
  await assert.rejects(
    (await open(() => state)).getVm(),
    isArm('other', /VM 'dev' is being deallocated \(OperationNotAllowed\)/),
  );
  const policy = refusal(403, 'RequestDisallowedByPolicy', 'Resource was disallowed by policy.');
  await assert.rejects((await open(() => policy)).getVm(), isArm('policy', /forbids it/));
  const rights = refusal(403, 'AuthorizationFailed', 'The client does not have authorization.');
  await assert.rejects((await open(() => rights)).getVm(), isArm('forbidden', /Contributor/));
  const news = refusal(400, 'Novelty', 'Something new happened. And more.');
  await assert.rejects((await open(() => news)).getVm(), isArm('other', /: Something new happened \(Novelty\)\./));
});

test('a refused token is a login error', async () => {
  const { getVm } = await open(() => refusal(401, 'InvalidAuthenticationToken', 'The access token is invalid.'));
  await assert.rejects(getVm(), LoginError);
});

test('a network that does not work is a connection error which names the host', async () => {
  const azure = scriptedAzure(() => ({ status: 200 }));
  const { RestError } = await import('@azure/core-rest-pipeline');
  const httpClient = {
    sendRequest: async (request: Parameters<typeof azure.httpClient.sendRequest>[0]) => {
      if (new URL(request.url).host.startsWith('login.')) return azure.httpClient.sendRequest(request);
      throw new RestError('getaddrinfo ENOTFOUND', { code: 'ENOENT-NOT-RETRIED', request });
    },
  };
  const session = await openSession('dev', options, dependencies({ httpClient }));
  await assert.rejects(
    session.call(deed, undefined, async (to) => (await to.compute()).virtualMachines.get('g', 'dev')),
    (error: unknown) => error instanceof ConnectionError && /management\.azure\.com/.test(error.message),
  );
});

test('another operation in progress is waited out by the given clock, and not for ever', async () => {
  const busy = refusal(409, 'AnotherOperationInProgress', 'Wait.');
  const passing = await open((_call, nth) => (nth < 4 ? busy : { status: 200, body: { name: 'dev' } }));
  assert.equal((await passing.putSet()).name, 'dev');
  assert.deepEqual(passing.clock.sleeps, [1000, 2000, 4000]);
  const stuck = await open(() => busy);
  await assert.rejects(stuck.putSet(), isArm('other', /AnotherOperationInProgress/));
  assert.ok(stuck.clock.now() > 150_000 && stuck.clock.now() <= 180_000);
});

test('an operation that fails yields the code, message and request id of its own answer', async () => {
  const { session } = await open((call) => {
    if (call.method === 'PUT')
      return {
        status: 201,
        body: { properties: { provisioningState: 'Creating' } },
        headers: {
          'azure-asyncoperation': 'https://management.azure.com/subscriptions/sub-1/operations/1?api-version=1',
        },
      };
    return {
      status: 200,
      body: { status: 'Failed', error: { code: 'AllocationFailed', message: 'No room. Long.' } },
      headers: { 'x-ms-request-id': 'req-9' },
    };
  });
  const work = session.call(deed, undefined, async (to) =>
    (await to.compute()).virtualMachines.createOrUpdate('g', 'dev', { location: 'westeurope' }).pollUntilDone(),
  );
  await assert.rejects(work, (error: unknown) => {
    assert.ok(error instanceof ArmError);
    assert.equal(error.kind, 'capacity');
    assert.deepEqual({ ...error.azure }, { code: 'AllocationFailed', message: 'No room. Long.', requestId: 'req-9' });
    return true;
  });
});

test('an operation that ends with a retryable error is run again', async () => {
  let puts = 0;
  const { session, clock } = await open((call) => {
    const operation = {
      'azure-asyncoperation': 'https://management.azure.com/subscriptions/sub-1/operations/1?api-version=1',
    };
    if (call.method === 'PUT') {
      puts += 1;
      return { status: 201, body: {}, headers: operation };
    }
    if (call.path.includes('/operations/'))
      return {
        status: 200,
        body:
          puts < 3
            ? { status: 'Failed', error: { code: 'RetryableError', message: 'Again.' } }
            : { status: 'Succeeded' },
      };
    return { status: 200, body: { name: 'dev' } };
  });
  await session.call(deed, undefined, async (to) =>
    (await to.network()).networkInterfaces.createOrUpdate('g', 'dev', { location: 'westeurope' }).pollUntilDone(),
  );
  assert.equal(puts, 3);
  assert.deepEqual(clock.sleeps, [1000, 2000]);
});

test('debug lines hold method, address, status and request id, and no secret', async () => {
  const lines: string[] = [];
  const { getVm } = await open(
    () => ({ status: 200, body: { name: 'dev' }, headers: { 'x-ms-request-id': 'req-3' } }),
    (line) => lines.push(line),
  );
  await getVm();
  const line = lines.find((text) => text.includes('/virtualMachines/dev'));
  assert.match(line ?? '', /^GET https:\/\/management\.azure\.com\/\S+\?api-version=\S+ 200 req-3 0 ms$/);
  assert.ok(lines.every((text) => !/hush|token-of/.test(text)));
});

test('the three clients share one token, and tell azdock and its version', async () => {
  let logins = 0;
  const azure = scriptedAzure(() => ({ status: 200, body: { value: [] } }));
  const httpClient: typeof azure.httpClient = {
    async sendRequest(request) {
      if (new URL(request.url).pathname.endsWith('/token')) logins += 1;
      return azure.httpClient.sendRequest(request);
    },
  };
  const session = await openSession('dev', options, dependencies({ httpClient }));
  await session.call(deed, undefined, async (to) => {
    await (await to.compute()).virtualMachines.get('g', 'dev');
    await (await to.network()).networkInterfaces.get('g', 'dev');
    await (await to.resources()).resourceGroups.get('g');
  });
  assert.equal(logins, 1);
  assert.equal(azure.calls.length, 3);
  for (const { headers } of azure.calls) {
    assert.match(headers['user-agent'] ?? '', /^azdock\/0\.0\.0-test /);
    assert.equal(headers['authorization'], 'Bearer token-of-tenant-1');
  }
});
