import { Client } from 'ssh2';
import { hostKeyText } from './fingerprint.ts';
import { hostKeyAlgorithms } from './host-key-check.ts';
import { DEFAULT_CONNECT_TIMEOUT_MS } from './connect.ts';
import { sshError } from './ssh-failure.ts';

/**
 * Asks a host for its key, of the pinned type or else ed25519 where it has one, and leaves before any login.
 *
 * @returns `ssh-ed25519 AAAA…`
 * @throws SshError when no SSH server answers; the signal's reason when aborted
 */
export async function scanHostKey(target: {
  readonly host: string;
  readonly port: number;
  readonly signal: AbortSignal;
  /** The key that is expected, `TYPE BASE64`: a host shows one type only. */
  readonly pinned?: string;
  /** Milliseconds. @defaultValue 15,000 */
  readonly timeoutMs?: number;
}): Promise<string> {
  const { host, port, signal } = target;
  signal.throwIfAborted();
  const client = new Client();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  client.on('error', reject);
  client.on('close', () => reject(new Error('Connection lost before handshake')));
  try {
    client.connect({
      host,
      port,
      username: 'none',
      algorithms: { serverHostKey: hostKeyAlgorithms(target.pinned) },
      readyTimeout: target.timeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
      hostVerifier: (key: Buffer) => {
        resolve(hostKeyText(key));
        return false;
      },
    });
    return await promise;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw sshError({ host, port, user: 'none' }, error instanceof Error ? error : new Error(String(error)));
  } finally {
    signal.removeEventListener('abort', onAbort);
    client.destroy();
  }
}
