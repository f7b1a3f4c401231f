import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findCloud } from '../../../src/drivers/azure/clouds.ts';
import { UsageError } from '../../../src/errors/usage-error.ts';
import { dependencies, type Answer, scriptedAzure } from './scripted-azure.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clouds-'));
});
after(() => rm(folder, { recursive: true }));

const STACK = 'https://management.local.azurestack.external';
const authentication = { loginEndpoint: 'https://adfs.local.azurestack.external/adfs', audiences: ['https://arm/aud'] };

function answering(byVersion: Record<string, Answer>) {
  const missing: Answer = { status: 404 };
  const azure = scriptedAzure(({ url }) => byVersion[new URL(url).searchParams.get('api-version') ?? ''] ?? missing);
  return { azure, given: dependencies({ httpClient: azure.httpClient }) };
}

function saying(...words: string[]) {
  return (error: unknown) => error instanceof UsageError && words.every((word) => error.message.includes(word));
}

test('a cloud is found by the address of its Resource Manager', async () => {
  const body = {
    resourceManager: `${STACK}/`,
    authentication: { loginEndpoint: 'https://login.example/', audiences: ['https://arm/'] },
  };
  const { given, azure } = answering({ '2022-09-01': { status: 200, body } });
  const cloud = await findCloud(`${STACK}/`, given);
  assert.equal(cloud.endpoint, STACK);
  assert.equal(cloud.authority, 'https://login.example');
  assert.equal(cloud.scope, 'https://arm/.default');
  assert.equal(cloud.custom, true);
  assert.equal(cloud.isStackHub, false);
  assert.equal(azure.calls.length, 1);
  assert.equal(azure.calls[0]?.headers['authorization'], undefined);
});

test('one that only knows the old document is an Azure Stack Hub, and ADFS is its only tenant', async () => {
  const { given } = answering({ '2015-01-01': { status: 200, body: { authentication } } });
  const cloud = await findCloud(STACK, given);
  assert.equal(cloud.isStackHub, true);
  assert.equal(cloud.authority, 'https://adfs.local.azurestack.external');
  assert.equal(cloud.tenantId, 'adfs');
});

test('of a list of clouds the one that was asked counts', async () => {
  const other = { resourceManager: 'https://other.example', authentication };
  const own = { resourceManager: STACK, authentication: { ...authentication, audiences: ['https://own'] } };
  const { given } = answering({ '2022-09-01': { status: 200, body: [other, own] } });
  assert.equal((await findCloud(STACK, given)).scope, 'https://own/.default');
});

test('an address that gives no such document is refused by the name of the flag', async () => {
  const refuse = async (answers: Record<string, Answer>, ...words: string[]) =>
    assert.rejects(findCloud(STACK, answering(answers).given), saying('--azure-environment', STACK, ...words));
  await refuse({}, 'status 404');
  await refuse({ '2022-09-01': { status: 200, body: 'hello' } }, 'names no login');
  await refuse({ '2022-09-01': { status: 200, body: { authentication: {} } } }, 'names no login');
  await assert.rejects(findCloud('http://management.example', dependencies()), saying('--azure-environment', 'https'));
  await assert.rejects(findCloud('https://management.example/path', dependencies()), saying('--azure-environment'));
});

test('a cloud comes from the file that AZURE_ENVIRONMENT_FILEPATH names', async () => {
  const file = join(folder, 'environment.json');
  const environment = { AZURE_ENVIRONMENT_FILEPATH: file };
  const document = {
    name: 'AzureStackCloud',
    resourceManagerEndpoint: `${STACK}/`,
    activeDirectoryEndpoint: 'https://login.microsoftonline.com/',
    tokenAudience: 'https://management.contoso.example/guid',
    resourceManagerVMDNSSuffix: 'local.cloudapp.azurestack.external',
  };
  await writeFile(file, JSON.stringify(document));
  const cloud = await findCloud('AZURESTACKCLOUD', dependencies({ environment }));
  assert.equal(cloud.endpoint, STACK);
  assert.equal(cloud.scope, 'https://management.contoso.example/guid/.default');
  assert.equal(cloud.dnsSuffix, 'local.cloudapp.azurestack.external');
  assert.equal(cloud.isStackHub, true);

  await writeFile(file, JSON.stringify({ ...document, activeDirectoryEndpoint: undefined }));
  await assert.rejects(
    findCloud('AzureStackCloud', dependencies({ environment })),
    saying(file, 'activeDirectoryEndpoint'),
  );
  await writeFile(file, JSON.stringify({ ...document, resourceManagerEndpoint: 'http://management.example' }));
  await assert.rejects(findCloud('AzureStackCloud', dependencies({ environment })), saying('no https address'));
  await writeFile(file, '{');
  await assert.rejects(findCloud('AzureStackCloud', dependencies({ environment })), saying(file, 'no JSON'));
  await rm(file);
  await assert.rejects(findCloud('AzureStackCloud', dependencies({ environment })), saying(file, 'cannot be read'));
});

test('a cloud that az knows is found by its name, in any case', async () => {
  const config = [
    '[AzureCloud]',
    'subscription = 1234',
    '',
    '[Plant]',
    `endpoint_resource_manager = ${STACK}`,
    'endpoint_active_directory = https://login.microsoftonline.com',
    'endpoint_active_directory_resource_id = https://management.plant.example/1',
    'profile = 2020-09-01-hybrid',
  ];
  await writeFile(join(folder, 'clouds.config'), config.join('\n'));
  const given = dependencies({ environment: { AZURE_CONFIG_DIR: folder } });
  const cloud = await findCloud('plant', given);
  assert.equal(cloud.endpoint, STACK);
  assert.equal(cloud.isStackHub, true);
  assert.equal((await findCloud('AzureCloud', given)).custom, undefined);
  await assert.rejects(findCloud('Factory', given), saying('--azure-environment', 'AzurePublicCloud'));
});
