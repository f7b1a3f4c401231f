import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { AzureDependencies } from '../../../src/drivers/azure/dependencies.ts';
import type { AzureOptionValues } from '../../../src/drivers/azure/resolve-options.ts';
import { azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { openSession } from '../../../src/drivers/azure/session.ts';
import { LoginError } from '../../../src/errors/login-error.ts';
import { UsageError } from '../../../src/errors/usage-error.ts';
import { Secret } from '../../../src/secret/secret.ts';
import { type Call, dependencies, refusal, scriptedAzure } from './scripted-azure.ts';

const challenge = {
  'www-authenticate': 'Bearer authorization_uri="https://login.windows.net/tenant-found", error="invalid_token"',
};

/** Opens a session and gives the bearer token that its first call carries. */
async function tokenOf(values: AzureOptionValues, given: Partial<AzureDependencies> = {}): Promise<string | undefined> {
  const { options } = azureOptions(values);
  const azure = scriptedAzure((call: Call) => {
    if (call.headers['authorization'] === undefined)
      return refusal(401, 'AuthenticationFailed', 'No token.', challenge);
    if (call.url.startsWith('https://github.test')) {
      assert.equal(call.headers['authorization'], 'Bearer ask-me');
      return { status: 200, body: { value: 'github-says-so' } };
    }
    return { status: 200, body: { name: 'g' } };
  });
  const session = await openSession('dev', options, dependencies({ httpClient: azure.httpClient, ...given }));
  await session.verify();
  await session.call({ doing: 'find g', resource: 'g', machine: 'dev', options }, undefined, async (to) =>
    (await to.resources()).resourceGroups.get('g'),
  );
  return azure.calls.at(-1)?.headers['authorization'];
}

async function withAz<T>(script: string, work: (path: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'az-'));
  const before = process.env['PATH'];
  try {
    await writeFile(join(folder, 'az'), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, 'az'), 0o755);
    // @azure/identity starts az from the process's own PATH.
    process.env['PATH'] = `${folder}:/usr/bin:/bin`;
    return await work(`${folder}:/usr/bin:/bin`);
  } finally {
    process.env['PATH'] = before;
    await rm(folder, { recursive: true });
  }
}

const servicePrincipal = { clientId: 'client', clientSecret: new Secret('hush'), subscriptionId: 'sub' };

test('a client secret is used when it is there, in the tenant that Azure names', async () => {
  assert.equal(await tokenOf(servicePrincipal), 'Bearer token-of-tenant-found');
  assert.equal(await tokenOf({ ...servicePrincipal, tenantId: 'mine' }), 'Bearer token-of-mine');
});

test('a federated token file is used with the client id', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'token-'));
  const file = join(folder, 'token');
  await writeFile(file, 'a-token');
  const environment = { AZURE_FEDERATED_TOKEN_FILE: file };
  assert.equal(
    await tokenOf({ clientId: 'client', subscriptionId: 'sub', tenantId: 'fed' }, { environment }),
    'Bearer token-of-fed',
  );
  await rm(folder, { recursive: true });
});

test("GitHub's OIDC is used in a job that may ask for a token", async () => {
  const environment = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://github.test/token?v=1',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'ask-me',
  };
  assert.equal(
    await tokenOf({ clientId: 'client', subscriptionId: 'sub', tenantId: 'gh' }, { environment }),
    'Bearer token-of-gh',
  );
});

test('az is used when nothing else is there, with its own subscription', async () => {
  const script = `case "$*" in
*get-access-token*) echo '{"accessToken":"az-token","expires_on":4102444800,"expiresOn":"2100-01-01 00:00:00.000000"}' ;;
*) echo '{"id":"sub-of-az","name":"Contoso Dev","tenantId":"tenant-of-az"}' ;;
esac`;
  await withAz(script, async (PATH) => {
    assert.equal(await tokenOf({}, { environment: { PATH } }), 'Bearer az-token');
    const { options } = azureOptions({});
    const { httpClient } = scriptedAzure(() => ({ status: 200 }));
    const session = await openSession('dev', options, dependencies({ httpClient, environment: { PATH } }));
    assert.equal(session.subscriptionId, 'sub-of-az');
    assert.equal(session.subscriptionName, 'Contoso Dev');
  });
});

test('az that nobody signed in to is told as the reason, with the command that helps', async () => {
  await withAz(`echo 'ERROR: Please run az login to setup account.' >&2; exit 1`, async (PATH) => {
    await assert.rejects(tokenOf({ subscriptionId: 'sub' }, { environment: { PATH } }), (error: unknown) => {
      assert.ok(error instanceof LoginError);
      assert.match(error.message, /az \(.*az login.*\)/i);
      assert.equal(error.nextSteps[0]?.command, 'az login');
      return true;
    });
  });
});

test('without any login the error lists what was looked at and why it was no use', async () => {
  await assert.rejects(tokenOf({}, { environment: { PATH: '/nowhere' } }), (error: unknown) => {
    assert.ok(error instanceof LoginError);
    assert.equal(
      error.message,
      'No Azure login was found. Tried: environment (AZURE_CLIENT_ID not set), workload identity (no token file), ' +
        'GitHub OIDC (not in a GitHub job with id-token permission), AZURE_TOKEN_CREDENTIALS (not set), az (not installed).',
    );
    assert.equal(error.exitCode, 6);
    return true;
  });
});

test('with a login but without a subscription the flag is named', async () => {
  await assert.rejects(
    tokenOf({ clientId: 'client', clientSecret: new Secret('hush') }, { environment: { PATH: '/nowhere' } }),
    (error: unknown) => error instanceof UsageError && /--azure-subscription-id/.test(error.message),
  );
});

test('a device code is never asked for without a terminal', async () => {
  await assert.rejects(
    tokenOf({ login: 'device-code', subscriptionId: 'sub', tenantId: 't' }),
    (error: unknown) => error instanceof LoginError && /device code \(needs a terminal\)/.test(error.message),
  );
});

test('a login that was asked for by name keeps the others from being looked at', async () => {
  await assert.rejects(
    tokenOf({ ...servicePrincipal, login: 'az' }, { environment: { PATH: '/nowhere' } }),
    (error: unknown) =>
      error instanceof LoginError && error.message === 'No Azure login was found. Tried: az (not installed).',
  );
});
