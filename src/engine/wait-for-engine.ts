import type { AzdockError } from '../errors/azdock-error.ts';
import { type EngineFailure, EngineUnreachableError } from '../errors/engine-unreachable-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';
import { type Clock, DeadlineError, StopWaiting, waitUntil } from '../wait/wait-until.ts';
import type { EngineVersion } from './client.ts';
import { dialEngine } from './dial.ts';
import type { EngineCredentials, EngineEndpoint } from './endpoint.ts';

export interface EngineWait extends EngineEndpoint, EngineCredentials {
  readonly deadlineMs: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** Serial number of the certificate that the engine must show, in hex: one that still shows its old one does not count. */
  readonly expectSerial?: string;
  /** Called with the reason, as a sentence and as a kind, whenever the engine does not answer yet. */
  readonly onTry?: (reason: string, failure: EngineFailure) => void;
}

/** Pause between two attempts. Docker itself takes two or three seconds to start. */
const INTERVAL_MS = 1_000;
/** For one attempt: a host that drops packets must not eat up the whole wait. */
const ATTEMPT_MS = 10_000;

/**
 * Waits until an engine answers over mutual TLS, whatever is in the way meanwhile: no connection, an old certificate, a daemon
 * that is starting.
 *
 * @throws TimeoutError naming the last reason; CertificateError when the credentials cannot be used; the signal's reason
 */
export async function waitForEngine(wait: EngineWait): Promise<EngineVersion> {
  const { machine, deadlineMs, clock, signal, expectSerial, onTry } = wait;
  const { connectEngine } = await import('./client.ts');
  const client = connectEngine({ ...wait, timeoutMs: ATTEMPT_MS });
  const probe = async () => {
    try {
      const { status, serial } = await dialEngine({ ...wait, timeoutMs: ATTEMPT_MS });
      if (expectSerial !== undefined && !isSameSerial(serial, expectSerial))
        throw new EngineUnreachableError(`The engine of ${machine} still shows its old certificate.`);
      if (status !== 200) throw new EngineUnreachableError(`The engine of ${machine} is not ready (HTTP ${status}).`);
      return await client.version(signal);
    } catch (error) {
      if (!(error instanceof EngineUnreachableError)) throw new StopWaiting(error);
      onTry?.(error.message, error.failure);
      throw error;
    }
  };
  const what = `an answer of the engine of ${machine}`;
  try {
    return await waitUntil({ what, deadlineMs, intervalMs: INTERVAL_MS, clock, ...(signal ? { signal } : {}) }, probe);
  } catch (error) {
    throw error instanceof DeadlineError && error.cause instanceof EngineUnreachableError
      ? tooLate(error.cause, wait)
      : error;
  }
}

function tooLate(last: EngineUnreachableError, { machine, deadlineMs }: EngineWait): AzdockError {
  const seconds = Math.round(deadlineMs / 1000);
  return new TimeoutError(`The engine of ${machine} did not come up within ${seconds} s. ${last.message}`, {
    resource: machine,
    nextSteps: last.nextSteps,
    cause: last,
  });
}

/** Leading zeros and the case of letters are a matter of taste. */
function isSameSerial(a: string, b: string): boolean {
  return BigInt(`0x${a}`) === BigInt(`0x${b}`);
}
