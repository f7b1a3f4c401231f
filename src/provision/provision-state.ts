import { SshError } from '../errors/ssh-error.ts';
import { asRoot } from '../ssh/command.ts';
import type { SshSession } from '../ssh/session.ts';
import { MARKER, PROVISION_LOG, PROVISION_STATE } from './script/prelude.ts';

/** How the last run of the engine script on a host stands. */
export interface ProvisionState {
  /** `none`: it has not begun. */
  readonly state: 'none' | 'running' | 'ready' | 'failed';
  /** What it did last, in its own words ("installing docker"). */
  readonly doing: string | undefined;
  /** The end of its log. */
  readonly lastLines: readonly string[];
}

/** Where the log lies on the host, for the user who wants to read all of it. */
export { PROVISION_LOG } from './script/prelude.ts';

/**
 * Asks a host how far the engine script is. Azure reports a VM as created before cloud-init has run the script, so this is how its
 * end, and its failure, come to be known.
 *
 * @throws SshError when the connection breaks, or the user may not look; the signal's reason when aborted
 */
export async function readProvisionState(session: SshSession, signal: AbortSignal): Promise<ProvisionState> {
  const script = `cat ${PROVISION_STATE} 2>/dev/null || echo none\ntail -n 40 ${PROVISION_LOG} 2>/dev/null\nexit 0\n`;
  const result = await session.exec(asRoot(session.user, ['sh', '-s']), { stdin: script, signal });
  if (result.code !== 0) {
    const why = result.stderr.trim().split('\n').at(-1) || 'the connection was lost';
    throw new SshError(`${session.user} cannot read ${PROVISION_STATE} on the host: ${why}`);
  }
  const [first = '', ...lines] = result.stdout.trimEnd().split('\n');
  const word = first.split(' ')[0];
  return {
    state: word === 'running' || word === 'ready' || word === 'failed' ? word : 'none',
    doing: lines.findLast((line) => line.startsWith(MARKER))?.slice(MARKER.length),
    lastLines: lines,
  };
}
