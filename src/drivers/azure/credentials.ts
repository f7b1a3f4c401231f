import type { TokenCredential } from '@azure/core-auth';
import { createHttpHeaders, createPipelineRequest, type HttpClient } from '@azure/core-rest-pipeline';
import {
  AzureCliCredential,
  ClientAssertionCredential,
  ClientSecretCredential,
  DefaultAzureCredential,
  DeviceCodeCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';
import type { Secret } from '../../secret/secret.ts';
import type { Cloud } from './clouds.ts';

/** A way to log in, with all that it needs. Only `login.ts` chooses one. */
export type LoginPlan =
  | {
      readonly way: 'client-secret';
      readonly tenantId: string;
      readonly clientId: string;
      readonly clientSecret: Secret;
    }
  | {
      readonly way: 'workload-identity';
      readonly tenantId: string;
      readonly clientId: string;
      readonly tokenFile: string;
    }
  | {
      readonly way: 'github-oidc';
      readonly tenantId: string;
      readonly clientId: string;
      readonly url: string;
      readonly token: Secret;
    }
  | { readonly way: 'managed-identity'; readonly clientId: string | undefined }
  | { readonly way: 'az'; readonly tenantId: string | undefined; readonly subscriptionId: string | undefined }
  | {
      readonly way: 'device-code';
      readonly tenantId: string;
      readonly clientId: string | undefined;
      readonly notify: (message: string) => void;
    }
  | { readonly way: 'default'; readonly tenantId: string | undefined };

/** Makes @azure/identity's credential for a plan. This module is the only one that loads that package. */
export function openCredential(plan: LoginPlan, cloud: Cloud, transport: HttpClient): TokenCredential {
  const options = {
    authorityHost: cloud.authority,
    httpClient: transport,
    // That tries again itself, by azdock's clock.
    retryOptions: { maxRetries: 0 },
    // The sandbox, and a cloud that is not Microsoft's own, are authorities that login.microsoftonline.com does not know.
    disableInstanceDiscovery: cloud.sandbox !== undefined || cloud.custom === true,
  };
  const tenant = 'tenantId' in plan && plan.tenantId !== undefined ? { tenantId: plan.tenantId } : {};
  switch (plan.way) {
    case 'client-secret':
      return new ClientSecretCredential(plan.tenantId, plan.clientId, plan.clientSecret.reveal(), options);
    case 'workload-identity':
      return new WorkloadIdentityCredential({
        ...options,
        tenantId: plan.tenantId,
        clientId: plan.clientId,
        tokenFilePath: plan.tokenFile,
      });
    case 'github-oidc':
      return new ClientAssertionCredential(plan.tenantId, plan.clientId, () => askGithub(plan, transport), options);
    case 'managed-identity':
      return new ManagedIdentityCredential({ ...(plan.clientId === undefined ? {} : { clientId: plan.clientId }) });
    case 'az':
      return new AzureCliCredential({
        ...tenant,
        ...(plan.subscriptionId === undefined ? {} : { subscription: plan.subscriptionId }),
      });
    case 'device-code':
      return new DeviceCodeCredential({
        ...options,
        tenantId: plan.tenantId,
        ...(plan.clientId === undefined ? {} : { clientId: plan.clientId }),
        userPromptCallback: ({ message }) => plan.notify(message),
      });
    case 'default':
      return new DefaultAzureCredential({ ...options, ...tenant });
  }
}

/** GitHub gives a token for the asking, under the names that it sets in a job's environment (docs.github.com, "OIDC reference"). */
async function askGithub(
  plan: { readonly url: string; readonly token: Secret },
  transport: HttpClient,
): Promise<string> {
  const url = `${plan.url}&audience=${encodeURIComponent('api://AzureADTokenExchange')}`;
  const headers = createHttpHeaders({ authorization: `Bearer ${plan.token.reveal()}`, accept: 'application/json' });
  const response = await transport.sendRequest(createPipelineRequest({ url, method: 'GET', headers }));
  const token = parseGithubToken(response.bodyAsText ?? '');
  if (token === undefined) throw new Error(`GitHub gave no OIDC token (status ${response.status})`);
  return token;
}

function parseGithubToken(text: string): string | undefined {
  try {
    const { value } = JSON.parse(text) as Record<string, unknown>;
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}
