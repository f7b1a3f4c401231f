import { AzdockError } from '../../errors/azdock-error.ts';
import { TimeoutError } from '../../errors/timeout-error.ts';

/** An error by what is known of it on either side of a process. */
type Told = Pick<AzdockError, 'code' | 'message'>;

/** The sentence about a machine whose engine cannot be reached through SSH. What is about the engine says so itself. */
export function unreachable(machine: string, { code, message }: Told): string {
  if (code === 'engine-unreachable' || code === 'host-key-changed') return message;
  return `${machine} cannot be reached through SSH: ${/[.!?]$/.test(message) ? message : `${message}.`}`;
}

/** What is to be told of an error: of one that ended a wait, what was in the way at last. */
export function toldOf(error: unknown): Told {
  if (error instanceof TimeoutError && error.cause instanceof AzdockError) return error.cause;
  if (error instanceof AzdockError) return error;
  return { code: 'bug', message: error instanceof Error ? error.message : String(error) };
}
