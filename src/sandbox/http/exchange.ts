import type { IncomingHttpHeaders } from 'node:http';

/** A request that has been read whole, and what the pipeline learns about it. */
export interface Call {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: Buffer;
  /** Parsed JSON or form; `undefined` when there is no body. */
  readonly body: unknown;
  readonly requestId: string;
  readonly correlationId: string;
  readonly receivedMs: number;
  /** Name of the long-running operation that this request started. */
  operation?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; no body when `undefined`. */
  readonly body?: unknown;
}
