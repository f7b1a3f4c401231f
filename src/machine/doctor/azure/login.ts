import type { Check } from '../check.ts';
import { ok } from '../finding.ts';
import type { AzureSubject } from './azure-subject.ts';

/** Names of the ways as people say them. */
const WAYS: Readonly<Record<string, string>> = {
  'client-secret': 'client secret',
  'workload-identity': 'workload identity',
  'github-oidc': 'GitHub OIDC',
  'managed-identity': 'managed identity',
  'device-code': 'device code',
  default: 'AZURE_TOKEN_CREDENTIALS',
};

/** Gets a token. Who that is for, it says itself. */
export const login: Check<AzureSubject> = {
  id: 'login',
  title: 'Login',
  needs: ['azure'],
  async run({ azure }) {
    const { session } = await azure.machine();
    const { tenantId, objectId, name } = await session.identity();
    const { way = '', tried = [] } = azure.choice() ?? {};
    const who = [
      name === undefined ? undefined : `as ${name}`,
      objectId === undefined ? undefined : `object ${objectId}`,
      tenantId === undefined ? undefined : `tenant ${tenantId}`,
    ].filter((part) => part !== undefined);
    const why = tried.map((one) => `${WAYS[one.way] ?? one.way}: ${one.why}`).join('; ');
    const others = tried.length === 0 ? '' : ` Not taken: ${why}.`;
    return ok(`By ${WAYS[way] ?? way}, ${who.join(', ') || 'as whom the token does not tell'}.${others}`);
  },
};
