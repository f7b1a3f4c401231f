import type { EngineReply } from '../../../engine/ask-engine.ts';
import type { SshSession } from '../../../ssh/session.ts';
import type { MachineSubject } from './machine-subject.ts';

/**
 * Puts each question to an engine once, and none but the first to one that does not answer that: it may take all the time that there is
 * not to.
 */
export function engineQuestions(put: (path: string) => Promise<EngineReply>): MachineSubject['ask'] {
  const replies = new Map<string, Promise<EngineReply>>();
  const ask = (path: string): Promise<EngineReply> => {
    const known = replies.get(path) ?? put(path);
    replies.set(path, known);
    return known;
  };
  return async (path) => {
    await ask('/_ping');
    return ask(path);
  };
}

export interface SshQuestion {
  /** The machine's name, for errors. */
  readonly machine: string;
  readonly path: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Asks an engine that has no port, at its own socket on the host. @throws EngineUnreachableError, SshError */
export async function askOverSsh(session: SshSession, { machine, path, ...how }: SshQuestion): Promise<EngineReply> {
  const [{ openEngineSocket }, { askStream }] = await Promise.all([
    import('../../tunnel/open-engine-socket.ts'),
    import('../../../engine/ask-stream.ts'),
  ]);
  return askStream(await openEngineSocket(session, machine), path, how);
}
