import { once } from 'node:events';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as startTls, createSecureContext, type SecureContext, type TLSSocket } from 'node:tls';
import { ConnectionEnd, ConnectionFailure, type ConnectionPhase } from './connection-failure.ts';
import type { EngineCredentials, EngineEndpoint } from './endpoint.ts';
import type { Limit } from './limit.ts';

export interface TlsConnection extends EngineEndpoint {
  /** Called once something accepts the connection, so that machines which are off cost nothing more. */
  readonly credentials: () => SecureContext;
  /** For everything: connecting, certificates, and what is done with the connection. */
  readonly timeoutMs: number;
  /** How many may exchange certificates at the same time. @defaultValue as many as there are */
  readonly limit?: Limit;
  readonly signal?: AbortSignal;
}

/** The certificates, ready for use. @throws Error of OpenSSL when they are none, or key and certificate are no pair */
export function secureContextOf({ ca, cert, key }: EngineCredentials): SecureContext {
  return createSecureContext({ ca, cert, key: key.reveal(), minVersion: 'TLSv1.2' });
}

/**
 * Connects, exchanges certificates, verifies that the engine's is for `host` and signed by the CA, hands the connection to
 * `use`, and closes it.
 *
 * @throws ConnectionFailure; the signal's reason when aborted
 */
export async function overTls<T>(connection: TlsConnection, use: (socket: TLSSocket) => Promise<T>): Promise<T> {
  const { host, port, timeoutMs, signal } = connection;
  signal?.throwIfAborted();
  let phase: ConnectionPhase = 'connect';
  const ended = Promise.withResolvers<never>();
  ended.promise.catch(() => {});
  const watch = (socket: Socket) => {
    socket.on('error', ended.reject);
    socket.on('close', () => ended.reject(new ConnectionEnd('closed', 'the connection was closed')));
  };

  const tcp = connectTcp({ host, port });
  let tls: TLSSocket | undefined;
  watch(tcp);
  const timer = setTimeout(() => ended.reject(new ConnectionEnd('timeout', 'no answer in time')), timeoutMs);
  const abort = () => ended.reject(signal?.reason);
  signal?.addEventListener('abort', abort);
  try {
    return await Promise.race([talk(), ended.promise]);
  } catch (error) {
    signal?.throwIfAborted();
    throw new ConnectionFailure(phase, error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    tls?.destroy();
    tcp.destroy();
  }

  async function talk(): Promise<T> {
    await once(tcp, 'connect');
    return connection.limit === undefined ? secured() : connection.limit(secured);
  }

  async function secured(): Promise<T> {
    phase = 'handshake';
    const secureContext = connection.credentials();
    tls = startTls({ socket: tcp, host, secureContext, ...(isIP(host) === 0 ? { servername: host } : {}) });
    watch(tls);
    await once(tls, 'secureConnect');
    phase = 'answer';
    return use(tls);
  }
}
