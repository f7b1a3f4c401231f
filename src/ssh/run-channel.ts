import { StringDecoder } from 'node:string_decoder';
import type { ClientChannel } from 'ssh2';
import { OutputTail } from './output-tail.ts';

/** How much of each stream is kept, in bytes. */
const KEPT_BYTES = 1024 * 1024;

export interface ExecOptions {
  /** Written to the command's standard input, which is then closed. Without it the command reads an empty input. */
  readonly stdin?: string | Buffer;
  /** Everything that the command writes, as it comes. */
  readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void;
  readonly signal: AbortSignal;
}

export interface ExecResult {
  /** Exit status; null when a signal ended the command. */
  readonly code: number | null;
  /** Name of that signal, such as `SIGKILL`. */
  readonly signal: string | undefined;
  /** The last mebibyte of each stream. */
  readonly stdout: string;
  readonly stderr: string;
  /** True when output was longer than what is kept. */
  readonly truncated: boolean;
}

/** Feeds a channel and collects what comes back. `code` and `signal` are both empty when the connection broke. */
export async function runChannel(channel: ClientChannel, options: ExecOptions): Promise<ExecResult> {
  const { signal } = options;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const stdout = collect(channel, 'stdout', options);
  const stderr = collect(channel.stderr, 'stderr', options);
  const ended: { code: number | null; signal: string | undefined } = { code: null, signal: undefined };
  const onAbort = () => {
    channel.close();
    reject(signal.reason);
  };
  channel.on('exit', (code: number | null, name?: string) => {
    ended.code = code;
    ended.signal = name ?? undefined;
  });
  channel.on('error', reject);
  channel.on('close', () => resolve());
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    if (signal.aborted) onAbort();
    else channel.end(options.stdin ?? '');
    await promise;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  return { ...ended, stdout: stdout.text(), stderr: stderr.text(), truncated: stdout.truncated || stderr.truncated };
}

function collect(stream: NodeJS.ReadableStream, name: 'stdout' | 'stderr', options: ExecOptions): OutputTail {
  const tail = new OutputTail(KEPT_BYTES);
  const decoder = new StringDecoder('utf8');
  stream.on('data', (chunk: Buffer) => {
    tail.append(chunk);
    const text = decoder.write(chunk);
    if (text !== '') options.onOutput?.(text, name);
  });
  return tail;
}
