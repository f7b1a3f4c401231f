import type { Duplex } from 'node:stream';
import { EngineUnreachableError } from '../../errors/engine-unreachable-error.ts';
import { SshError } from '../../errors/ssh-error.ts';
import { ENGINE_SOCKET } from '../../provision/engine-arguments.ts';
import type { SshSession } from '../../ssh/session.ts';

/** Said by a host that can run it; simulated guests cannot. */
const LOOK = `if [ ! -S ${ENGINE_SOCKET} ]; then echo missing; elif [ ! -w ${ENGINE_SOCKET} ]; then echo denied; else echo there; fi`;
const LOOK_TIMEOUT_MS = 5_000;

/**
 * Connects to the engine's own socket on a host.
 * @throws EngineUnreachableError saying why the host does not connect; SshError when the connection is lost
 */
export async function openEngineSocket(session: SshSession, machine: string): Promise<Duplex> {
  try {
    return await session.openSocket(ENGINE_SOCKET);
  } catch (error) {
    if (session.isClosed || !(error instanceof SshError)) throw error;
    throw await explain(session, machine, error);
  }
}

/** SSH servers do not say why they do not connect (OpenSSH's PROTOCOL, 2.4), so the host is asked. */
async function explain(session: SshSession, machine: string, cause: SshError): Promise<EngineUnreachableError> {
  const signal = AbortSignal.timeout(LOOK_TIMEOUT_MS);
  const found = await session.exec(LOOK, { signal }).then(
    ({ stdout }) => stdout.trim(),
    () => '',
  );
  const provision = { label: 'Set it up again', command: `azdock provision ${machine}` };
  const { why, nextSteps } = {
    missing: { why: `Docker does not listen at ${ENGINE_SOCKET} there`, nextSteps: [provision] },
    denied: {
      why: `${session.user} may not use ${ENGINE_SOCKET} there, or is not in group docker`,
      nextSteps: [provision],
    },
    there: {
      why: 'its SSH server does not connect to sockets (AllowStreamLocalForwarding in sshd_config), or Docker does not run',
      nextSteps: [{ label: 'Look at Docker', command: `azdock ssh ${machine} -- docker version` }],
    },
  }[found] ?? { why: cause.message, nextSteps: [] };
  return new EngineUnreachableError(`The engine of ${machine} cannot be reached on its host: ${why}.`, {
    failure: 'unreachable',
    resource: machine,
    nextSteps,
    cause,
  });
}
