import { type HttpClient, isRestError } from '@azure/core-rest-pipeline';
import { ConnectionError } from '../../errors/connection-error.ts';
import { UsageError } from '../../errors/usage-error.ts';
import type { Clock } from '../../wait/wait-until.ts';
import { askPatiently } from './ask-patiently.ts';
import type { CloudFacts } from './cloud-facts.ts';
import { BROKEN_ANSWER } from './retry-policy.ts';

/** Today's version, and the one that Azure Stack Hub has (learn.microsoft.com, "Azure Stack Hub API profiles"). */
const VERSIONS = ['2022-09-01', '2015-01-01'] as const;
const NO_LOGIN = 'its document of endpoints names no login';

/**
 * Asks a cloud's Azure Resource Manager where its other services are. Anyone may ask: the answer needs no login.
 *
 * @param endpoint without a slash at its end
 * @throws ConnectionError when it does not answer; UsageError when it is not to be trusted, or answers with another document
 */
export async function discoverCloud(endpoint: string, transport: HttpClient, clock: Clock): Promise<CloudFacts> {
  let status: number | undefined;
  for (const version of VERSIONS) {
    const url = `${endpoint}/metadata/endpoints?api-version=${version}`;
    const asked = { url, doing: 'find out where its services are', transport, clock };
    const response = await askPatiently(asked).catch((error: unknown) => {
      if (error instanceof ConnectionError) throw error;
      if (isRestError(error) && error.code === BROKEN_ANSWER) throw unusable(endpoint, NO_LOGIN, error);
      const why = error instanceof Error ? error.message : String(error);
      throw unusable(endpoint, `it does not answer: ${why}`, error);
    });
    status = response.status;
    if (status !== 200) continue;
    const facts = parseMetadata(response.bodyAsText ?? '', endpoint);
    if (facts === undefined) throw unusable(endpoint, NO_LOGIN);
    return { ...facts, isStackHub: version === '2015-01-01' };
  }
  throw unusable(endpoint, `it gives no document of endpoints (status ${status})`);
}

type Metadata = Omit<CloudFacts, 'isStackHub'>;

/** Newer versions answer with one cloud, or with a list of all that Microsoft has. */
function parseMetadata(text: string, endpoint: string): Metadata | undefined {
  try {
    const raw: unknown = JSON.parse(text);
    const clouds = (Array.isArray(raw) ? raw : [raw]) as RawCloud[];
    const own = clouds.find(({ resourceManager }) => resourceManager?.replace(/\/$/, '') === endpoint) ?? clouds[0];
    const login = own?.authentication?.loginEndpoint;
    const audience = own?.authentication?.audiences?.[0];
    if (typeof login !== 'string' || typeof audience !== 'string') return undefined;
    return { name: own?.name, endpoint, login, audience, dnsSuffix: undefined };
  } catch {
    return undefined;
  }
}

interface RawCloud {
  readonly name?: string;
  readonly resourceManager?: string;
  readonly authentication?: { readonly loginEndpoint?: unknown; readonly audiences?: readonly unknown[] };
}

function unusable(endpoint: string, why: string, cause?: unknown): UsageError {
  return new UsageError(`--azure-environment ${endpoint}: ${why}.`, {
    resource: '--azure-environment',
    nextSteps: [{ label: 'Clouds that az knows', command: 'az cloud list --output table' }],
    ...(cause === undefined ? {} : { cause }),
  });
}
