import type { Attachment } from '../ssh/attach-channel.ts';
import { readNativeWords } from '../ssh/native-words.ts';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import { explainSshFailure } from './explain-ssh-failure.ts';
import type { MachineContext } from './machine-context.ts';
import { openNative } from './open-native.ts';
import type { SshHost } from './ssh-host.ts';

/** The user's own terminal and streams. */
export interface UserTerminal extends Omit<Attachment, 'pty' | 'signal'> {
  /** Standard input is a terminal. */
  readonly isTerminal: boolean;
  /** Its kind, such as `xterm-256color`. */
  readonly term: string;
  readonly rows: number;
  readonly columns: number;
  /** Hands every key on as it is pressed, Ctrl-C too. @returns what ends that */
  raw(): () => void;
}

/**
 * The built-in client.
 *
 * @returns exit code of the command or shell
 * @throws SshError with exit code 255, HostKeyChangedError; UsageError for a flag that it does not have
 */
export async function nativeSsh(
  {
    host,
    words,
    terminal,
  }: { readonly host: SshHost; readonly words: readonly string[]; readonly terminal: UserTerminal },
  context: MachineContext,
): Promise<number> {
  const request = readNativeWords(words);
  const { command, nothing } = request;
  const { signal } = context;
  const wantsTerminal = request.terminal ?? (command === undefined && terminal.isTerminal);
  const session = await openNative(host, context, request.forwardAgent ? forwardableAgent : undefined);
  let cooked = () => {};
  try {
    for (const spec of request.forwards) await session.forward(spec);
    if (nothing) return await session.untilLost(signal);
    if (wantsTerminal && terminal.isTerminal) cooked = terminal.raw();
    const { term, rows, columns: cols } = terminal;
    const pty = wantsTerminal ? { term, rows, cols } : undefined;
    const { code } = await session.attach(command, { ...terminal, pty, signal });
    return code;
  } catch (error) {
    throw await explainSshFailure(error, host.machine, context);
  } finally {
    cooked();
    session.close();
  }
}

function forwardableAgent(agent: string | undefined): string {
  if (agent !== undefined) return agent;
  throw new UnsupportedError('There is no SSH agent here to forward: SSH_AUTH_SOCK is not set.');
}
