import type { Answer, Call } from '../http/exchange.ts';
import type { World } from '../world.ts';

const VERSION = '2022-09-01';

/**
 * The document by which a client finds the login that belongs to a Resource Manager; anyone may read it. `undefined` for any
 * other path.
 */
export function answerMetadata(call: Call, { endpoint }: World): Answer | undefined {
  if (call.method !== 'GET' || !/^\/metadata\/endpoints\/?$/i.test(call.path)) return undefined;
  const version = call.query.get('api-version');
  if (version !== VERSION) {
    const message = `The api-version '${version ?? ''}' is not supported for metadata/endpoints; supported: ${VERSION}.`;
    return { status: 400, body: { error: { code: 'InvalidApiVersionParameter', message } } };
  }
  return {
    status: 200,
    body: {
      name: 'AzdockSandbox',
      resourceManager: `${endpoint}/`,
      authentication: {
        loginEndpoint: endpoint,
        audiences: ['https://management.azure.com/'],
        tenant: 'common',
        identityProvider: 'AAD',
      },
    },
  };
}
