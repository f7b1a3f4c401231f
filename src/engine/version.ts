import type { SecureContext, TLSSocket } from 'node:tls';
import type { EngineCredentials, EngineEndpoint } from './endpoint.ts';
import { createLimit } from './limit.ts';
import { parseVersion } from './parse-version.ts';
import { readBody } from './read-body.ts';
import { overTls, secureContextOf } from './tls-connection.ts';

export interface VersionQuery extends EngineEndpoint {
  /** Called only if something accepts the connection: files of machines that are off need not be read. */
  readonly credentials: () => EngineCredentials;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks an engine for its version, such as `28.2.2`.
 *
 * @throws EngineUnreachableError, CertificateError, what `credentials` throws, the signal's reason
 */
export type QueryVersion = (query: VersionQuery) => Promise<string>;

/** Engines that are talked to at the same time. Those that do not even accept a connection do not count. */
const MOST_AT_ONCE = 64;

/**
 * For asking many engines at once, a thousand if need be: machines mostly share one CA and one client certificate, which
 * OpenSSL then prepares once.
 */
export function createVersionQuery(): QueryVersion {
  const contexts = new Map<string, SecureContext>();
  const limit = createLimit(MOST_AT_ONCE);
  return async (query) => {
    let credentials: EngineCredentials | undefined;
    const prepared = () => {
      credentials = query.credentials();
      const id = [credentials.ca, credentials.cert, credentials.key.reveal()].join('\n');
      const context = contexts.get(id) ?? secureContextOf(credentials);
      contexts.set(id, context);
      return context;
    };
    try {
      return await overTls({ ...query, credentials: prepared, limit }, askVersion);
    } catch (error) {
      query.signal?.throwIfAborted();
      const { explainFailure } = await import('./explain-failure.ts');
      throw explainFailure(error, query, credentials);
    }
  };
}

/** `GET /version`, without a version of the API in the path, works with every engine (Docker Engine API, "Get version"). */
async function askVersion(socket: TLSSocket): Promise<string> {
  const { request } = await import('node:http');
  const body = await new Promise<string>((resolve, reject) => {
    const asked = request({ createConnection: () => socket, host: 'docker', path: '/version' });
    asked.on('error', reject);
    asked.on('response', (response) => {
      readBody(response).then(resolve, reject);
    });
    asked.end();
  });
  return parseVersion(body).version;
}
