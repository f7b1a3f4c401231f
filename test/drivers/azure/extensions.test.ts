import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAzureDriver } from '../../../src/drivers/azure/driver.ts';
import { azureOptions } from '../../../src/drivers/azure/resolve-options.ts';
import { ProvisionError } from '../../../src/errors/provision-error.ts';
import { Secret } from '../../../src/secret/secret.ts';
import { memoryJournal } from './memory-journal.ts';
import { type Answer, type Call, dependencies, refusal, scriptedAzure } from './scripted-azure.ts';

const login = { subscriptionId: 'sub', tenantId: 't', clientId: 'c', clientSecret: new Secret('hush') };
const request = {
  name: 'docker',
  publisher: 'Microsoft.Azure.Extensions',
  type: 'DockerExtension',
  version: '1.2',
  settings: { docker: { port: '2376' } },
  protectedSettings: new Secret({ certs: { key: 'private' } }),
};
const signal = new AbortController().signal;

function extensions(script: (call: Call) => Answer) {
  const { options } = azureOptions(login);
  const lines: string[] = [];
  const azure = scriptedAzure(script);
  const given = dependencies({ httpClient: azure.httpClient, debug: (line) => lines.push(line) });
  const driver = createAzureDriver({ name: 'dev', id: 'id-1', options, dependencies: given });
  if (driver.extensions === undefined) throw new Error('machines on Azure have extensions');
  return { extensions: driver.extensions, azure, lines };
}

test('the newest published version is found by number, as major.minor', async () => {
  const versions = ['1.0.1512030601', '1.2.0', '1.10.1', '1.2.2'].map((name) => ({ name, location: 'x' }));
  const { extensions: published } = extensions(() => ({ status: 200, body: versions }));
  assert.equal(await published.publishedVersion('P', 'T'), '1.10');
});

test('a type that the region does not publish has no version, whichever way Azure says so', async () => {
  assert.equal(await extensions(() => ({ status: 200, body: [] })).extensions.publishedVersion('P', 'T'), undefined);
  const absent = extensions(() => refusal(404, 'ArtifactNotFound', 'Not found.'));
  assert.equal(await absent.extensions.publishedVersion('P', 'T'), undefined);
});

test('an extension is journaled, tagged, and its protected settings never reach the debug lines', async () => {
  const { extensions: attached, azure, lines } = extensions(() => ({ status: 200, body: { name: 'docker' } }));
  const journal = memoryJournal();
  await attached.put(request, journal, signal);
  const body = JSON.parse(azure.calls[0]?.body ?? '');
  assert.equal(body.properties.type, 'DockerExtension');
  assert.deepEqual(body.properties.protectedSettings, { certs: { key: 'private' } });
  assert.deepEqual(body.tags, { 'azdock-machine': 'dev', 'azdock-id': 'id-1' });
  assert.ok(journal.entries[0]?.id.endsWith('/virtualMachines/dev/extensions/docker'));
  assert.ok(lines.length > 0 && !lines.join().includes('private'));
});

function failing(message: string, view: string | undefined) {
  return extensions(({ method, path }) => {
    if (method === 'PUT') {
      const operation = 'https://management.azure.com/subscriptions/sub/operations/1?api-version=1';
      return { status: 201, body: {}, headers: { 'azure-asyncoperation': operation } };
    }
    if (path.includes('/operations/'))
      return { status: 200, body: { status: 'Failed', error: { code: 'VMExtensionProvisioningError', message } } };
    if (view === undefined) return refusal(404, 'ResourceNotFound', 'Gone.');
    return { status: 200, body: { name: 'docker', properties: { instanceView: { statuses: [{ message: view }] } } } };
  }).extensions;
}

test("a handler's failure is told in its own words, out of Azure's", async () => {
  const message =
    "VM has reported a failure when processing extension 'docker' (publisher 'P' and type 'T'). Error message: " +
    '"Enable Docker failed: ERROR: exit status 100". More information on troubleshooting is available at https://aka.ms/x. ';
  await assert.rejects(failing(message, undefined).put(request, memoryJournal(), signal), (error: unknown) => {
    assert.ok(error instanceof ProvisionError);
    assert.equal(
      error.message,
      'DockerExtension failed on dev: Enable Docker failed: ERROR: exit status 100 (VMExtensionProvisioningError).',
    );
    assert.equal(error.azure?.message, message);
    return true;
  });
});

test("the end of a script's output is shown, from the instance view where it can be read", async () => {
  const output = Array.from({ length: 40 }, (_, line) => `line ${line}`).join('\n');
  const view = `Enable failed: failed to execute command: command terminated with exit status=1\n[stdout]\n${output}\n\n[stderr]\napt: no network\n`;
  await assert.rejects(failing('short', view).put(request, memoryJournal(), signal), (error: unknown) => {
    assert.ok(error instanceof ProvisionError);
    assert.match(error.message, /exit status=1 \(VMExtensionProvisioningError\)/);
    assert.equal(error.details.length, 20);
    assert.equal(error.details.at(-1), 'apt: no network');
    assert.equal(error.details.at(-3), 'line 39');
    return true;
  });
});

test('an inspection tells statuses, substatuses, the handler in the VM and the newest version', async () => {
  const time = '2026-11-20T21:40:03Z';
  const status = (code: string, message: string) => ({ code, level: 'Info', displayStatus: 'Ready', message, time });
  const { extensions: seen, azure } = extensions(({ path }) => {
    if (path.includes('/extensions/docker'))
      return {
        status: 200,
        body: {
          name: 'docker',
          properties: {
            ...{ publisher: 'P', type: 'T', typeHandlerVersion: '1.2', provisioningState: 'Succeeded' },
            settings: { docker: {} },
            instanceView: {
              statuses: [status('ProvisioningState/succeeded', 'Enable succeeded')],
              substatuses: [status('ComponentStatus/StdOut/succeeded', 'hello')],
            },
          },
        },
      };
    if (path.includes('/versions'))
      return { status: 200, body: ['1.2.0', '1.10.3'].map((name) => ({ name, location: 'x' })) };
    const handler = { type: 'p.t', typeHandlerVersion: '1.2.0', status: status('ProvisioningState/succeeded', '') };
    return { status: 200, body: { vmAgent: { extensionHandlers: [{ type: 'other.one' }, handler] } } };
  });
  const found = await seen.inspect('docker', signal);
  assert.deepEqual(found?.handler, { version: '1.2.0', status: 'Ready', message: '' });
  assert.equal(found?.version, '1.2');
  assert.equal(found?.newestVersion, '1.10.3');
  assert.deepEqual(
    found?.substatuses.map(({ code, message, time: at }) => [code, message, at]),
    [['ComponentStatus/StdOut/succeeded', 'hello', '2026-11-20T21:40:03.000Z']],
  );
  assert.equal(found?.message, 'Enable succeeded\nhello');
  assert.equal(azure.calls.length, 3);
});

test('an extension that there is not is not inspected further', async () => {
  const { extensions: seen, azure } = extensions(() => refusal(404, 'ResourceNotFound', 'Gone.'));
  assert.equal(await seen.inspect('docker', signal), undefined);
  assert.equal(azure.calls.length, 1);
});
