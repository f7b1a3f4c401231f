import { connect } from 'node:net';

/** What is at a TCP port. `closed`: it accepts a connection and ends it before it says anything. */
export type PortState = 'open' | 'closed' | 'refused' | 'timeout' | 'unreachable' | 'unknown-host';

export interface PortQuestion {
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Whoever listens there speaks first, as an SSH server does. */
  readonly greets: boolean;
}

export interface PortAnswer {
  readonly state: PortState;
  /** The first line of who speaks first. */
  readonly greeting: string;
}

/** Codes of errors of connect(2) and getaddrinfo(3). Others say that something is in the way. */
const BY_CODE: Readonly<Record<string, PortState>> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  ECONNRESET: 'closed',
};

/** Longest greeting that is read (RFC 4253, 4.2: 255 characters, and lines before it). */
const MOST_CHARACTERS = 4_096;

/** Connects to a port, says nothing, and leaves. @throws the signal's reason */
export async function askPort({ host, port, timeoutMs, signal, greets }: PortQuestion): Promise<PortAnswer> {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<PortAnswer>();
  const socket = connect({ host, port });
  const end = (state: PortState, greeting = '') => resolve({ state, greeting });
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = setTimeout(() => end('timeout'), timeoutMs);
  let heard = '';
  socket.once('connect', () => {
    if (!greets) end('open');
  });
  socket.setEncoding('latin1').on('data', (text: string) => {
    heard += text;
    if (/[\r\n]/.test(heard) || heard.length > MOST_CHARACTERS) end('open', heard.split(/[\r\n]/)[0]);
  });
  socket.once('error', (error: NodeJS.ErrnoException) => end(BY_CODE[error.code ?? ''] ?? 'unreachable'));
  socket.once('close', () => end('closed'));
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    socket.destroy();
  }
}

/** The state as a sentence's end: "at 20.1.2.3 port 22 …". */
export function portWords(state: Exclude<PortState, 'open'>): string {
  return {
    closed: 'something accepts the connection and ends it at once: a firewall, a proxy, or a server that is starting',
    refused: 'the connection is refused: the host is there, and nobody listens',
    timeout: 'nothing answers: a firewall swallows it, or the host is off',
    unreachable: 'there is no way there from this computer',
    'unknown-host': 'the name is not known to DNS',
  }[state];
}
