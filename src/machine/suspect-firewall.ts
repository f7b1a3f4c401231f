import { type EngineFailure, EngineUnreachableError } from '../errors/engine-unreachable-error.ts';
import { TimeoutError } from '../errors/timeout-error.ts';

const NO_WAY_THROUGH: readonly EngineFailure[] = ['timeout', 'unreachable', 'refused'];

/**
 * Adds to the failure of a wait what it most likely means on a host that somebody else looks after: there the engine listens, or its
 * provisioner would have failed, but this computer does not get through to it.
 */
export function suspectFirewall(error: unknown, host: string, port: number): unknown {
  if (!(error instanceof TimeoutError)) return error;
  const { message, resource, nextSteps, cause } = error;
  if (!(cause instanceof EngineUnreachableError) || !NO_WAY_THROUGH.includes(cause.failure)) return error;
  return new TimeoutError(message, {
    nextSteps,
    details: [
      `On ${host} itself the engine listens: a firewall there or on the way lets nothing in at TCP port ${port}.`,
      'Once it does, go on where this ended.',
    ],
    cause,
    ...(resource === undefined ? {} : { resource }),
  });
}
