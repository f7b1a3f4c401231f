import type { Check } from '../check.ts';
import { ok } from '../finding.ts';
import type { AzureSubject } from './azure-subject.ts';

/** Whatever Azure answers to somebody without a login, there is a way to it. */
export const wayToAzure: Check<AzureSubject> = {
  id: 'azure',
  title: 'Way to Azure',
  async run({ azure }) {
    const { name, endpoint } = await azure.cloud();
    await azure.openAnswer();
    return ok(`${name === 'sandbox' ? 'The sandbox' : name} answers at ${new URL(endpoint).host}.`);
  },
};
