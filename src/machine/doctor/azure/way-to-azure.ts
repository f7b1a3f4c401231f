import { ConnectionError } from '../../../errors/connection-error.ts';
import type { Check } from '../check.ts';
import { advice, type Fix, ok, problem } from '../finding.ts';
import { proxyOf } from '../no-proxy.ts';
import type { AzureSubject } from './azure-subject.ts';

/** Whatever Azure answers to somebody without a login, there is a way to it. */
export const wayToAzure: Check<AzureSubject> = {
  id: 'azure',
  title: 'Way to Azure',
  async run({ azure, context }) {
    const { name, endpoint } = await azure.cloud();
    try {
      await azure.openAnswer();
    } catch (error) {
      if (!(error instanceof ConnectionError)) throw error;
      return problem(error.message, wayOut(endpoint, proxyOf(context.environment)));
    }
    return ok(`${name === 'sandbox' ? 'The sandbox' : name} answers at ${new URL(endpoint).host}.`);
  },
};

function wayOut(endpoint: string, proxy: string | undefined): Fix {
  const { host } = new URL(endpoint);
  if (proxy !== undefined) return advice(`Look whether the proxy ${proxy} works and lets you through to ${host}.`);
  return advice(`Let this computer reach ${host} by HTTPS; behind a proxy, name that in HTTPS_PROXY.`);
}
