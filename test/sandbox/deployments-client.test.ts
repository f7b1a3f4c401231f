import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bearerTokenAuthenticationPolicy,
  createDefaultHttpClient,
  createHttpHeaders,
  createPipelineFromOptions,
  createPipelineRequest,
} from '@azure/core-rest-pipeline';
import { azureClients, trust } from './azure-clients.ts';
import { deploymentBody } from './deployment-calls.ts';
import { dockerParameters, dockerTemplate } from './docker-template.ts';
import type { Json } from './raw-https.ts';
import { startTestSandbox } from './start.ts';

// @azure/arm-resources has no deployments since its version 7: this is the pipeline that every client of Azure's is made of.
test("a template is deployed through the pipeline of Azure's clients, and its group is removed by one of them", async () => {
  await using sandbox = await startTestSandbox();
  const { credential, resources, compute } = azureClients(sandbox);
  const pipeline = createPipelineFromOptions({ retryOptions: { maxRetries: 1 } });
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: 'https://management.azure.com/.default' }));
  const { policy } = trust(sandbox.ca);
  pipeline.addPolicy(policy, { afterPhase: 'Sign' });
  const client = createDefaultHttpClient();
  const send = async (method: 'PUT' | 'GET', url: string, body?: Json): Promise<Json> => {
    const request = createPipelineRequest({
      method,
      url,
      headers: createHttpHeaders({ 'content-type': 'application/json' }),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { status, headers, bodyAsText } = await pipeline.sendRequest(client, request);
    return { status, poll: headers.get('azure-asyncoperation'), body: JSON.parse(bodyAsText ?? 'null') };
  };
  await resources.resourceGroups.createOrUpdate('rg', { location: 'westeurope' });
  const url = `${sandbox.endpoint}/subscriptions/${sandbox.subscriptionId}/resourceGroups/rg/providers/Microsoft.Resources/deployments/docker?api-version=2024-07-01`;
  const accepted = await send('PUT', url, deploymentBody(dockerTemplate(), dockerParameters({ count: { value: 1 } })));
  assert.equal(accepted.status, 201);
  let state = 'Accepted';
  while (state === 'Accepted' || state === 'Running') state = (await send('GET', accepted.poll)).body.status;
  assert.equal(state, 'Succeeded');
  const { body } = await send('GET', url);
  assert.deepEqual(body.properties.outputs.first, { type: 'String', value: 'web1' });
  const machine = await compute.virtualMachines.get('rg', 'web1');
  assert.equal(machine.tags?.['azdock'], 'yes');
  assert.equal(machine.resources?.[0]?.name, 'docker');
  await resources.resourceGroups.delete('rg');
  assert.deepEqual(sandbox.server.world.state.resources(), []);
});
