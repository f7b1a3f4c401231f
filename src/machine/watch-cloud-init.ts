import { HostKeyChangedError } from '../errors/host-key-changed-error.ts';
import { ProvisionError } from '../errors/provision-error.ts';
import { PROVISION_LOG, readProvisionState } from '../provision/provision-state.ts';
import type { SshSession } from '../ssh/session.ts';
import type { StepHandle } from '../steps/progress.ts';
import type { SshAccess } from './deliver.ts';
import type { MachineContext } from './machine-context.ts';
import { openSsh } from './open-ssh.ts';

/** Pause between two looks at the host. */
const INTERVAL_MS = 2_000;

/**
 * Follows the script that cloud-init runs, over SSH: tells what it does, and notices when it fails. Azure knows nothing of it.
 * A host that cannot be reached over SSH is not followed; the engine's answer, or its silence, then has to do.
 *
 * @returns when the script is done, or cannot be followed
 * @throws ProvisionError with the script's last lines; HostKeyChangedError; the signal's reason
 */
export async function watchCloudInit(
  access: SshAccess,
  context: MachineContext,
  step: StepHandle,
  signal: AbortSignal,
): Promise<void> {
  let session: SshSession | undefined;
  try {
    session = await openSsh(access, context, signal);
    for (;;) {
      const { state, doing, lastLines } = await readProvisionState(session, signal);
      if (state === 'ready') return;
      if (state === 'failed') throw failed(access.machine, lastLines);
      if (doing !== undefined) step.detail(doing);
      await context.clock.sleep(INTERVAL_MS, signal);
    }
  } catch (error) {
    if (error instanceof ProvisionError || error instanceof HostKeyChangedError || signal.aborted) throw error;
    context.debug?.(`cloud-init cannot be followed: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    session?.close();
  }
}

function failed(machine: string, lastLines: readonly string[]): ProvisionError {
  return new ProvisionError(`The script that cloud-init ran on ${machine} failed; ${PROVISION_LOG} on it says more.`, {
    resource: machine,
    details: lastLines.slice(-20),
  });
}
