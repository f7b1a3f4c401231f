import { connect } from 'node:net';
import { EngineUnreachableError, type EngineFailure } from '../errors/engine-unreachable-error.ts';
import { askStream } from './ask-stream.ts';
import { ConnectionEnd } from './connection-failure.ts';

export interface SocketQuestion {
  /** The machine's name, for errors. */
  readonly machine: string;
  /** Path of a socket of this computer that leads to its engine. */
  readonly socket: string;
  readonly path: '/_ping' | '/version';
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** What the process that keeps a tunnel calls itself when it answers in place of an engine that it does not reach. */
export const TUNNEL_SERVER = 'azdock-tunnel';

/** A socket that is not there, or that nobody listens at (connect(2), unix(7)). */
const NOBODY = ['ENOENT', 'ECONNREFUSED'];

/**
 * Asks an engine through a local socket.
 *
 * @returns what it answers
 * @throws EngineUnreachableError: `refused` when nobody listens at the socket; `unreachable` with the words of who does when he does not
 *   get through to the engine; the signal's reason when aborted
 */
export async function askSocket(question: SocketQuestion): Promise<string> {
  const { socket, path, signal } = question;
  const stream = connect(socket);
  // Told by the request on it, too.
  let failure: Error | undefined;
  stream.on('error', (error) => {
    failure = error;
  });
  try {
    const { status, body, server } = await askStream(stream, path, question);
    if (status === 200) return body;
    const message = messageOf(body);
    if (server === TUNNEL_SERVER && message !== undefined)
      throw new EngineUnreachableError(message, { failure: 'unreachable', resource: question.machine });
    throw unreachable(question, message ?? `it answers with HTTP status ${status}`, 'other');
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof EngineUnreachableError) throw error;
    if (NOBODY.includes(codeOf(failure))) throw unreachable(question, 'nobody listens there', 'refused', error);
    const kind = error instanceof ConnectionEnd && error.reason !== 'not-docker' ? error.reason : 'other';
    throw unreachable(
      question,
      failure?.message ?? (error instanceof Error ? error.message : String(error)),
      kind,
      error,
    );
  }
}

function unreachable(
  { machine, socket }: SocketQuestion,
  why: string,
  failure: EngineFailure,
  cause?: unknown,
): EngineUnreachableError {
  return new EngineUnreachableError(`${machine} does not answer at unix://${socket}: ${why.replace(/[.]$/, '')}.`, {
    failure,
    resource: machine,
    nextSteps: [{ label: 'See how it is', command: `azdock status ${machine}` }],
    cause,
  });
}

function codeOf(error: Error | undefined): string {
  return error !== undefined && 'code' in error ? String(error.code) : '';
}

/** Errors of the Engine API are JSON with a `message`. */
function messageOf(body: string): string | undefined {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === 'string' && message !== '' ? message : undefined;
  } catch {
    return undefined;
  }
}
