import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import type { Dial } from './dial.ts';
import { overTls, secureContextOf } from './tls-connection.ts';

/** What an engine answers to one question. */
export interface EngineReply {
  /** HTTP status. */
  readonly status: number;
  readonly body: string;
  /** Header `Date`, by the host's clock; empty when there is none. */
  readonly date: string;
}

/**
 * One GET of the Engine API over mutual TLS, without a version in its path.
 *
 * @throws EngineUnreachableError saying why; CertificateError when the credentials cannot be used; the signal's reason
 */
export async function askEngine(dial: Dial, path: string): Promise<EngineReply> {
  try {
    return await overTls({ ...dial, credentials: () => secureContextOf(dial) }, (socket) => ask(socket, path));
  } catch (error) {
    dial.signal?.throwIfAborted();
    const { explainFailure } = await import('./explain-failure.ts');
    throw explainFailure(error, dial, dial);
  }
}

function ask(socket: TLSSocket, path: string): Promise<EngineReply> {
  return new Promise((resolve, reject) => {
    const headers = { Host: 'docker', Connection: 'close' };
    const asked = request({ createConnection: () => socket, host: 'docker', path, headers });
    asked.on('error', reject);
    asked.on('response', (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      text(response).then((body) => resolve({ status, body, date: answered.date ?? '' }), reject);
    });
    asked.end();
  });
}
