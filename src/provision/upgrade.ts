import { ProvisionError } from '../errors/provision-error.ts';
import type { SshSession } from '../ssh/session.ts';
import type { StepHandle } from '../steps/progress.ts';
import { UPGRADED_ENGINE, UPGRADED_PACKAGE, upgradeScript } from './script/upgrade.ts';
import { runAsRoot } from './ssh-provisioner.ts';

/** A version that became another. */
export interface VersionChange {
  readonly from: string;
  readonly to: string;
}

/** What an upgrade found and did on a host. `from` and `to` are what `dockerd` says of itself. */
export interface EngineUpgrade extends VersionChange {
  /** That the engine comes from: `docker-ce`, `docker.io`. */
  readonly package: string;
  /** What is another than before: that package, and those that belong to it. Empty when there was nothing newer. */
  readonly upgraded: readonly ({ readonly name: string } & VersionChange)[];
}

export interface UpgradeHost {
  readonly session: SshSession;
  /** The machine's name, for errors. */
  readonly machine: string;
  /** Told what the host is doing. */
  readonly step: StepHandle;
  readonly signal: AbortSignal;
}

/**
 * Upgrades the package that a host's engine comes from, and restarts the engine if that brought something new.
 * @throws ProvisionError with the host's last lines; SshError; the signal's reason
 */
export async function upgradeEngine(host: UpgradeHost): Promise<EngineUpgrade> {
  const { session, machine, step, signal } = host;
  const failed = `Docker could not be upgraded on ${machine}`;
  return parseUpgrade(await runAsRoot({ session, script: upgradeScript(), failed, step, signal }), failed);
}

function parseUpgrade(output: string, failed: string): EngineUpgrade {
  const [engine] = changesIn(output, UPGRADED_ENGINE);
  if (engine === undefined) {
    const details = output.split('\n').slice(-20);
    throw new ProvisionError(`${failed}: the host did not tell how it went.`, { details });
  }
  const { name, from, to } = engine;
  return { package: name, from, to, upgraded: changesIn(output, UPGRADED_PACKAGE) };
}

function changesIn(output: string, marker: string): ({ name: string } & VersionChange)[] {
  const lines = output.split('\n').filter((line) => line.startsWith(marker));
  return lines.map((line) => {
    const [name = '', from = '', to = ''] = line.slice(marker.length).split(' ');
    return { name, from, to };
  });
}
