import { SshError } from '../errors/ssh-error.ts';
import type { Clock } from '../wait/wait-until.ts';
import type { SshSession } from './session.ts';

/** How long a host may take to open a channel, in milliseconds: a connection that died unnoticed, as in a laptop's sleep, takes for ever. */
const OPEN_TIMEOUT_MS = 10_000;
/**
 * How long a failure counts for those who ask next, in milliseconds: docker asks three times for one command, and would wait thrice.
 */
const FAILURE_COUNTS_MS = 1_000;

export interface SharedSessionOptions {
  /** Logs in. Called again whenever a connection was lost and another is needed. */
  readonly connect: (signal: AbortSignal) => Promise<SshSession>;
  /** Told when a connection comes and when it goes. */
  readonly log: (line: string) => void;
  readonly clock: Pick<Clock, 'now'>;
  /** Milliseconds. @defaultValue 10,000 */
  readonly openTimeoutMs?: number;
}

/**
 * One SSH connection for many users. It is made when it is first needed and made anew when it was lost and is needed again: as long as
 * nobody asks, nobody knocks at a host that may have been switched off on purpose.
 */
export class SharedSession {
  readonly #options: SharedSessionOptions;
  readonly #ended = new AbortController();
  #attempt: Promise<SshSession> | undefined;
  #session: SshSession | undefined;
  #failure: { readonly error: unknown; readonly atMs: number } | undefined;

  constructor(options: SharedSessionOptions) {
    this.#options = options;
  }

  /** Logs in unless that is done. @throws what `connect` throws */
  async ready(): Promise<SshSession> {
    this.#ended.signal.throwIfAborted();
    if (this.#session !== undefined && !this.#session.isClosed) return this.#session;
    const { now } = this.#options.clock;
    if (this.#failure !== undefined && now() - this.#failure.atMs < FAILURE_COUNTS_MS) throw this.#failure.error;
    this.#attempt ??= this.#connect().finally(() => {
      this.#attempt = undefined;
    });
    return this.#attempt;
  }

  /**
   * Opens something on the connection. One that turns out to be dead is replaced, once.
   * @throws what `open` throws on a connection that lives; what `connect` throws
   */
  async open<T>(open: (session: SshSession) => Promise<T>): Promise<T> {
    const session = await this.ready();
    try {
      return await this.#inTime(session, open);
    } catch (error) {
      if (!session.isClosed) throw error;
      return this.#inTime(await this.ready(), open);
    }
  }

  /** Ends the connection, and every attempt to make one. */
  close(): void {
    this.#ended.abort(new SshError('The connection is not wanted any more.', { failure: 'closed' }));
    this.#session?.close();
  }

  async #inTime<T>(session: SshSession, open: (session: SshSession) => Promise<T>): Promise<T> {
    const timeoutMs = this.#options.openTimeoutMs ?? OPEN_TIMEOUT_MS;
    // Its end makes `open` fail.
    const timer = setTimeout(() => session.destroy(), timeoutMs);
    return open(session).finally(() => clearTimeout(timer));
  }

  async #connect(): Promise<SshSession> {
    const { connect, log, clock } = this.#options;
    const { signal } = this.#ended;
    try {
      const session = await connect(signal);
      log(`connected to ${session.host} port ${session.port} as ${session.user}`);
      session.untilLost(signal).catch((error: Error) => {
        if (!signal.aborted) log(error.message);
      });
      this.#session = session;
      this.#failure = undefined;
      return session;
    } catch (error) {
      this.#failure = { error, atMs: clock.now() };
      log(error instanceof Error ? error.message : String(error));
      throw error;
    }
  }
}
