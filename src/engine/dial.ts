import type { TLSSocket } from 'node:tls';
import { ConnectionEnd } from './connection-failure.ts';
import type { EngineCredentials, EngineEndpoint } from './endpoint.ts';
import { overTls, secureContextOf } from './tls-connection.ts';

export interface Dial extends EngineEndpoint, EngineCredentials {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** What an engine says to a ping. */
export interface EngineAnswer {
  /** HTTP status: 200 when the engine is well. */
  readonly status: number;
  /** Serial number of the certificate that it showed, upper-case hex. */
  readonly serial: string;
}

/** The smallest request of the Engine API. It needs no version in its path (Docker Engine API, "Ping"). */
const PING = 'GET /_ping HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n';

/**
 * Asks an engine whether it is there, over mutual TLS. Waits for the answer, because a refused client certificate shows itself
 * only then. Any HTTP answer counts: whoever gives one has accepted the certificate.
 *
 * @throws EngineUnreachableError saying why; CertificateError when the credentials cannot be used; the signal's reason
 */
export async function dialEngine(dial: Dial): Promise<EngineAnswer> {
  try {
    return await overTls({ ...dial, credentials: () => secureContextOf(dial) }, ping);
  } catch (error) {
    dial.signal?.throwIfAborted();
    const { explainFailure } = await import('./explain-failure.ts');
    throw explainFailure(error, dial, dial);
  }
}

async function ping(socket: TLSSocket): Promise<EngineAnswer> {
  const serial = socket.getPeerCertificate().serialNumber;
  socket.write(PING);
  let answer = '';
  for await (const chunk of socket.setEncoding('latin1')) {
    answer += chunk;
    const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1];
    if (status !== undefined) return { status: Number(status), serial };
    if (answer.length > 16) break;
  }
  if (answer === '') throw new ConnectionEnd('closed', 'the connection was closed without an answer');
  throw new ConnectionEnd('not-docker', 'the answer is not HTTP');
}
