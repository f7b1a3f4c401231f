import { ComputeManagementClient } from '@azure/arm-compute';
import { NetworkManagementClient } from '@azure/arm-network';
import { ResourceManagementClient } from '@azure/arm-resources';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { ClientSecretCredential } from '@azure/identity';
import type { TestSandbox } from './start.ts';

/** Trusts the sandbox's CA, and stays away from any proxy. */
export function trust(ca: string): { policy: PipelinePolicy; position: 'perRetry' } {
  const policy: PipelinePolicy = {
    name: 'trustTheSandbox',
    sendRequest(request, next) {
      request.tlsSettings = { ca };
      delete request.proxySettings;
      return next(request);
    },
  };
  return { policy, position: 'perRetry' };
}

/** The official clients, logged in with the sandbox's client secret. */
export function azureClients(sandbox: TestSandbox) {
  const credential = new ClientSecretCredential(sandbox.tenantId, sandbox.clientId, sandbox.clientSecret, {
    authorityHost: sandbox.endpoint,
    disableInstanceDiscovery: true,
    additionalPolicies: [trust(sandbox.ca)],
  });
  const options = { endpoint: sandbox.endpoint, additionalPolicies: [trust(sandbox.ca)] };
  return {
    credential,
    compute: new ComputeManagementClient(credential, sandbox.subscriptionId, options),
    network: new NetworkManagementClient(credential, sandbox.subscriptionId, options),
    resources: new ResourceManagementClient(credential, sandbox.subscriptionId, options),
  };
}
