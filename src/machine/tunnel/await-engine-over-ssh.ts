import { askStream } from '../../engine/ask-stream.ts';
import type { EngineVersion } from '../../engine/client.ts';
import { ConnectionEnd } from '../../engine/connection-failure.ts';
import { parseVersion } from '../../engine/parse-version.ts';
import { AzdockError } from '../../errors/azdock-error.ts';
import { EngineUnreachableError } from '../../errors/engine-unreachable-error.ts';
import { HostKeyChangedError } from '../../errors/host-key-changed-error.ts';
import { SshError } from '../../errors/ssh-error.ts';
import { TimeoutError } from '../../errors/timeout-error.ts';
import { connectSsh } from '../../ssh/connect.ts';
import { DeadlineError, StopWaiting, waitUntil } from '../../wait/wait-until.ts';
import type { SshAccess } from '../deliver.ts';
import type { MachineContext } from '../machine-context.ts';
import { sshIdentity } from '../ssh-identity.ts';
import { openEngineSocket } from './open-engine-socket.ts';

/** Pause between two attempts, in milliseconds. */
const INTERVAL_MS = 1_000;
/** For an answer, in milliseconds, once there is a connection. */
const ANSWER_TIMEOUT_MS = 10_000;

export interface SshEngineWait {
  readonly access: SshAccess;
  readonly deadlineMs: number;
  readonly context: Pick<MachineContext, 'clock' | 'environment'>;
  readonly signal: AbortSignal;
  readonly onTry?: (reason: string) => void;
}

/** A host may be booting, its user may be about to join the group docker, for which each attempt is a new login, and Docker may be starting. */
export async function awaitEngineOverSsh(wait: SshEngineWait): Promise<EngineVersion> {
  const { access, deadlineMs, context, signal, onTry } = wait;
  const what = `an answer of the engine of ${access.machine} through SSH`;
  try {
    return await waitUntil({ what, deadlineMs, intervalMs: INTERVAL_MS, clock: context.clock, signal }, async () => {
      try {
        return await engineVersionOverSsh(access, context, signal);
      } catch (error) {
        const isFinal = error instanceof HostKeyChangedError || (error instanceof SshError && error.failure === 'key');
        if (isFinal || !(error instanceof AzdockError)) throw new StopWaiting(error);
        onTry?.(error.message);
        throw error;
      }
    });
  } catch (error) {
    if (!(error instanceof DeadlineError) || !(error.cause instanceof AzdockError)) throw error;
    const { message, nextSteps } = error.cause;
    const seconds = Math.round(deadlineMs / 1000);
    throw new TimeoutError(`The engine of ${access.machine} did not come up within ${seconds} s. ${message}`, {
      resource: access.machine,
      nextSteps,
      cause: error.cause,
    });
  }
}

/** Logs in and asks the engine for its version, once. @throws SshError, HostKeyChangedError, EngineUnreachableError */
export async function engineVersionOverSsh(
  access: SshAccess,
  context: Pick<MachineContext, 'environment'>,
  signal: AbortSignal,
): Promise<EngineVersion> {
  const { machine, host, port, user, hostKey } = access;
  const identity = await sshIdentity(access, context);
  const session = await connectSsh({ host, port, user, hostKey, machine, signal, ...identity });
  try {
    if (hostKey === undefined) await access.onHostKey(session.hostKey);
    const stream = await openEngineSocket(session, machine);
    const { status, body } = await askStream(stream, '/version', { timeoutMs: ANSWER_TIMEOUT_MS, signal });
    if (status !== 200) throw new ConnectionEnd('not-docker', `it answers with HTTP status ${status}`);
    return parseVersion(body);
  } catch (error) {
    if (!(error instanceof ConnectionEnd)) throw error;
    throw new EngineUnreachableError(`${machine} does not answer through SSH: ${error.message}.`, {
      failure: error.reason,
      resource: machine,
      cause: error,
    });
  } finally {
    session.close();
  }
}
