import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { ConnectionEnd } from './connection-failure.ts';
import { readBody } from './read-body.ts';

export interface StreamAnswer {
  /** HTTP status. */
  readonly status: number;
  readonly body: string;
  /** The header `Server`; empty when there is none. */
  readonly server: string;
  /** The header `Date`; empty when there is none. */
  readonly date: string;
}

/**
 * One GET of the Engine API on a stream that leads to an engine's socket. The stream is closed afterwards.
 *
 * @throws ConnectionEnd when there is no answer in time, none at all, or one without an end; the signal's reason when aborted
 */
export async function askStream(
  stream: Duplex,
  path: string,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<StreamAnswer> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<StreamAnswer>();
  const timer = setTimeout(() => reject(new ConnectionEnd('timeout', 'no answer in time')), timeoutMs);
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const asked = request({
    createConnection: () => stream,
    host: 'docker',
    path,
    headers: { Host: 'docker', Connection: 'close' },
  });
  asked.on('error', (cause) => reject(new ConnectionEnd('closed', cause.message)));
  asked.on('response', (response) => {
    const { statusCode: status = 0, headers } = response;
    const named = { server: String(headers.server ?? ''), date: headers.date ?? '' };
    readBody(response).then((body) => resolve({ status, body, ...named }), reject);
  });
  asked.end();
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    stream.destroy();
  }
}
