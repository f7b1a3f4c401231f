import type { HttpClient } from '@azure/core-rest-pipeline';
import { UsageError } from '../../errors/usage-error.ts';
import type { Clock } from '../../wait/wait-until.ts';
import { askPatiently } from './ask-patiently.ts';
import type { Cloud } from './clouds.ts';

/**
 * Asks Azure which tenant a subscription belongs to. Anyone may ask: the answer to a request without a token is 401, and
 * its WWW-Authenticate header names the tenant (docker/machine:drivers/azure/azureutil/tenantid.go does the same).
 *
 * @throws ConnectionError when Azure does not answer; UsageError when it does not tell
 */
export async function discoverTenant(
  cloud: Cloud,
  subscriptionId: string,
  transport: HttpClient,
  clock: Clock,
): Promise<string> {
  const url = `${cloud.endpoint}/subscriptions/${encodeURIComponent(subscriptionId)}?api-version=2022-12-01`;
  const doing = `find out the tenant of subscription ${subscriptionId}`;
  const response = await askPatiently({ url, doing, transport, clock });
  const challenge = response.headers.get('www-authenticate') ?? '';
  const tenant = /authorization_uri="[^"]*\/([^/"]+)\/?"/i.exec(challenge)?.[1];
  if (response.status === 401 && tenant !== undefined) return tenant;
  throw new UsageError(
    response.status === 404
      ? `--azure-subscription-id: ${cloud.name} has no subscription ${subscriptionId}.`
      : `Azure does not say which tenant subscription ${subscriptionId} belongs to; name it with --azure-tenant-id.`,
    {
      resource: '--azure-tenant-id',
      nextSteps: [
        {
          label: 'Which one it is, where az is signed in',
          command: `az account show --subscription ${subscriptionId} --query tenantId --output tsv`,
        },
      ],
    },
  );
}
