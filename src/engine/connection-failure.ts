/**
 * How far a connection came: no connection yet, certificates being exchanged, waiting for the first answer. With TLS 1.3 a
 * client learns only then that its certificate was refused (RFC 8446, 4.4.2.4). `request` is a request on a connection whose
 * phases are not known.
 */
export type ConnectionPhase = 'connect' | 'handshake' | 'answer' | 'request';

/** What goes on between `tls-connection.ts` and `explain-failure.ts`; users meet the explanation. */
export class ConnectionFailure extends Error {
  override readonly name = 'ConnectionFailure';
  readonly phase: ConnectionPhase;

  constructor(phase: ConnectionPhase, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.phase = phase;
  }
}

/** Why a connection ended that reported no error of its own. */
export class ConnectionEnd extends Error {
  override readonly name = 'ConnectionEnd';
  readonly reason: 'timeout' | 'closed' | 'not-docker';

  constructor(reason: 'timeout' | 'closed' | 'not-docker', message: string) {
    super(message);
    this.reason = reason;
  }
}
