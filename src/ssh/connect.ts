import {
  type AgentAuthMethod,
  type AuthenticationType,
  type AuthMethod,
  Client,
  type ConnectConfig,
  type PublicKeyAuthMethod,
} from 'ssh2';
import type { Secret } from '../secret/secret.ts';
import { hostKeyText } from './fingerprint.ts';
import { hostKeyAlgorithms, hostKeyChanged } from './host-key-check.ts';
import type { OwnIdentities } from './own-identities.ts';
import { SshSession } from './session.ts';
import { sshError } from './ssh-failure.ts';

/** How long a host may take for handshake and login, in milliseconds. */
export const DEFAULT_CONNECT_TIMEOUT_MS = 15_000;

/** A dead connection is noticed after four unanswered questions, in milliseconds between two. */
const KEEPALIVE_INTERVAL_MS = 15_000;
const KEEPALIVE_COUNT = 4;

export interface SshConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** PEM or OpenSSH format, not encrypted. */
  readonly privateKey: Secret | undefined;
  /** What to log in with when there is no `privateKey`. */
  readonly own?: OwnIdentities;
  /** Address of an agent that commands on the host may use. */
  readonly forwardedAgent?: string | undefined;
  /** The pinned host key, `TYPE BASE64`. Undefined trusts what answers; {@link SshSession.hostKey} is then the key to pin. */
  readonly hostKey: string | undefined;
  /** The machine's name, for errors. */
  readonly machine?: string;
  readonly signal: AbortSignal;
  /** Milliseconds. @defaultValue 15,000 */
  readonly timeoutMs?: number;
}

/**
 * Connects and logs in.
 *
 * @throws SshError with the reason in `failure`; HostKeyChangedError when another key answers than the pinned one, before anything is
 *   sent to it; the signal's reason when aborted
 */
export async function connectSsh(connection: SshConnection): Promise<SshSession> {
  const { signal, hostKey: pinned } = connection;
  signal.throwIfAborted();
  const client = new Client();
  let shown = '';
  const changed = () => pinned !== undefined && shown !== '' && shown !== pinned.trim();
  const config: ConnectConfig = {
    host: connection.host,
    port: connection.port,
    username: connection.user,
    ...(connection.privateKey === undefined ? {} : { privateKey: connection.privateKey.reveal() }),
    authHandler: authentication(connection),
    ...(connection.forwardedAgent === undefined ? {} : { agent: connection.forwardedAgent, agentForward: true }),
    algorithms: { serverHostKey: hostKeyAlgorithms(pinned) },
    // Others than OpenSSH connect to sockets, too.
    strictVendor: false,
    readyTimeout: connection.timeoutMs ?? DEFAULT_CONNECT_TIMEOUT_MS,
    keepaliveInterval: KEEPALIVE_INTERVAL_MS,
    keepaliveCountMax: KEEPALIVE_COUNT,
    hostVerifier: (key: Buffer) => {
      shown = hostKeyText(key);
      return !changed();
    },
  };
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  client.on('ready', resolve);
  // Stays for the connection's whole life: an 'error' event without a listener would end the process.
  client.on('error', reject);
  client.on('close', () => reject(new Error('Connection lost before handshake')));
  try {
    client.connect(config);
    await promise;
    return new SshSession(client, connection, shown);
  } catch (error) {
    client.destroy();
    if (signal.aborted) throw signal.reason;
    if (pinned !== undefined && changed()) {
      throw hostKeyChanged({ host: connection.host, machine: connection.machine, pinned, shown });
    }
    throw sshError(connection, error instanceof Error ? error : new Error(String(error)));
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Keys only: no password is ever asked for or sent. */
function authentication({ privateKey, own, user: username }: SshConnection): AuthenticationType[] | AuthMethod[] {
  if (privateKey !== undefined || own === undefined) return ['publickey'];
  const { agent, keys } = own;
  const methods: (PublicKeyAuthMethod | AgentAuthMethod)[] = [];
  if (agent !== undefined) methods.push({ type: 'agent', username, agent });
  for (const key of keys) methods.push({ type: 'publickey', username, key: key.reveal() });
  return methods;
}
