import { constants } from 'node:os';
import type { ClientChannel, PseudoTtyOptions } from 'ssh2';

/** The user's side of a remote program. */
export interface Attachment {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** The terminal that the remote program is to see; undefined for none. */
  readonly pty: PseudoTtyOptions | undefined;
  /** Calls back whenever the user's terminal has another size. @returns what ends that */
  onResize(resized: (rows: number, columns: number) => void): () => void;
  readonly signal: AbortSignal;
}

/** How the remote program ended: its exit code, or 128 and the number of the signal that ended it, as shells say. */
export interface RemoteEnd {
  readonly code: number;
}

/** What a program ends with whose reader has gone (SIGPIPE). */
const READER_GONE = 128 + constants.signals.SIGPIPE;

/** Joins the user's streams to a channel until it closes. @returns undefined when the connection broke */
export async function attachChannel(channel: ClientChannel, attachment: Attachment): Promise<RemoteEnd | undefined> {
  const { stdin, stdout, stderr, signal } = attachment;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let end: RemoteEnd | undefined;
  channel.on('exit', (code: number | null, name?: string) => {
    end = { code: code ?? 128 + signalNumber(name) };
  });
  channel.on('error', reject);
  channel.on('close', () => resolve());
  const onAbort = () => {
    channel.signal('INT');
    channel.close();
    reject(signal.reason);
  };
  const onReaderGone = () => {
    end ??= { code: READER_GONE };
    channel.close();
    // With nobody to take what is still to come, the channel would never be through with it.
    resolve();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  stdout.on('error', onReaderGone);
  stderr.on('error', onReaderGone);
  const stopResizing = attachment.onResize((rows, columns) => channel.setWindow(rows, columns, 0, 0));
  stdin.pipe(channel);
  channel.pipe(stdout, { end: false });
  channel.stderr.pipe(stderr, { end: false });
  try {
    await promise;
    await Promise.all([flushed(stdout), flushed(stderr)]);
    return end;
  } finally {
    stopResizing();
    signal.removeEventListener('abort', onAbort);
    stdin.unpipe(channel);
    stdin.pause();
    stdout.removeListener('error', onReaderGone);
    stderr.removeListener('error', onReaderGone);
  }
}

/** ssh2 writes `SIGTERM` where the protocol has `TERM` (RFC 4254, 6.10). */
function signalNumber(name: string | undefined): number {
  const numbers: Readonly<Record<string, number>> = constants.signals;
  return numbers[name ?? ''] ?? numbers[`SIG${name}`] ?? 0;
}

function flushed(stream: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    if (!stream.writable) resolve();
    else stream.write('', () => resolve());
  });
}
