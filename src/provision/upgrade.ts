import { ProvisionError } from '../errors/provision-error.ts';
import type { SshSession } from '../ssh/session.ts';
import type { StepHandle } from '../steps/progress.ts';
import { UPGRADE_RESULT, upgradeScript } from './script/upgrade.ts';
import { runAsRoot } from './ssh-provisioner.ts';

/** What an upgrade found and did on a host. */
export interface EngineUpgrade {
  /** That the engine comes from: `docker-ce`, `docker.io`. */
  readonly package: string;
  /** Versions of `dockerd`: before, and now. */
  readonly from: string;
  readonly to: string;
  /** That package, or one that belongs to it, is another than before. */
  readonly changed: boolean;
}

/**
 * Upgrades the package that a host's engine comes from, and restarts the engine if that brought something new.
 * @throws ProvisionError with the host's last lines; SshError; the signal's reason
 */
export async function upgradeEngine(
  session: SshSession,
  step: StepHandle,
  signal: AbortSignal,
): Promise<EngineUpgrade> {
  const failed = `Docker could not be upgraded on ${session.host}`;
  return parseUpgrade(await runAsRoot({ session, script: upgradeScript(), failed, step, signal }), failed);
}

function parseUpgrade(output: string, failed: string): EngineUpgrade {
  const lines = output.split('\n');
  const result = lines.findLast((line) => line.startsWith(UPGRADE_RESULT))?.slice(UPGRADE_RESULT.length);
  const words = new Map((result ?? '').split(' ').map((word) => [word.split('=', 1)[0], word.replace(/^[^=]*=/, '')]));
  const [name, from, to] = ['package', 'from', 'to'].map((key) => words.get(key));
  if (name === undefined || from === undefined || to === undefined)
    throw new ProvisionError(`${failed}: the host did not tell how it went.`, { details: lines.slice(-20) });
  return { package: name, from, to, changed: words.get('changed') === 'yes' };
}
