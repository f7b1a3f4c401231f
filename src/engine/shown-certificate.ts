import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect } from 'node:tls';
import { ConnectionEnd, ConnectionFailure } from './connection-failure.ts';
import type { EngineEndpoint } from './endpoint.ts';

export interface CertificateQuestion extends EngineEndpoint {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * The certificate that an engine shows, whatever is wrong with it: that is for the caller to judge. Nothing is sent to who shows it, and
 * no certificate of ours is.
 *
 * @throws EngineUnreachableError when nothing with TLS answers; the signal's reason
 */
export async function shownCertificate(question: CertificateQuestion): Promise<X509Certificate> {
  const { host, port, timeoutMs, signal } = question;
  signal.throwIfAborted();
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket = connect({ host, port, ...name, rejectUnauthorized: false, minVersion: 'TLSv1.2' });
  const ended = Promise.withResolvers<never>();
  socket.on('error', ended.reject);
  socket.on('close', () => ended.reject(new ConnectionEnd('closed', 'the connection was closed')));
  const timer = setTimeout(() => ended.reject(new ConnectionEnd('timeout', 'no answer in time')), timeoutMs);
  const onAbort = () => ended.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await Promise.race([once(socket, 'secureConnect'), ended.promise]);
    return new X509Certificate(socket.getPeerCertificate().raw);
  } catch (error) {
    signal.throwIfAborted();
    const { explainFailure } = await import('./explain-failure.ts');
    throw explainFailure(new ConnectionFailure('handshake', error), question, undefined);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    ended.promise.catch(() => {});
    socket.destroy();
  }
}
