import type { ExtensionRun, ExtensionVerdict } from '../guest-host.ts';
import { type GuestShell, requireInGuest, writeGuestFile } from '../linux/guest-shell.ts';

const agentDirectory = '/var/lib/waagent';

/** Where the agent unpacks a handler: `<publisher>.<type>-<version>` (Azure/WALinuxAgent, azurelinuxagent/ga/exthandlers.py). */
export function handlerDirectory(run: Pick<ExtensionRun, 'publisher' | 'type' | 'version'>): string {
  return `${agentDirectory}/${run.publisher}.${run.type}-${run.version}`;
}

export function logDirectory(run: Pick<ExtensionRun, 'publisher' | 'type' | 'version'>): string {
  return `/var/log/azure/${run.publisher}.${run.type}/${run.version}`;
}

/**
 * Makes the agent's directories for a handler and writes the settings there. Protected settings lie there encrypted in a
 * real VM; here they go to the handler without touching the disk.
 */
export async function prepareHandler(shell: GuestShell, run: ExtensionRun): Promise<void> {
  const directory = handlerDirectory(run);
  const folders = [agentDirectory, directory, `${directory}/config`, `${directory}/status`];
  await requireInGuest(shell, ['install', '-d', '-m', '0700', ...folders]);
  const handlerSettings = { publicSettings: run.settings, protectedSettings: null };
  await writeGuestFile(shell, {
    path: `${directory}/config/${run.sequence}.settings`,
    content: JSON.stringify({ runtimeSettings: [{ handlerSettings }] }),
    mode: 0o600,
  });
}

/** Writes the status file by which the agent reports to Azure, and gives what it says. */
export async function reportStatus(
  shell: GuestShell,
  run: ExtensionRun,
  report: ExtensionVerdict & { readonly operation: string },
): Promise<ExtensionVerdict> {
  const { ok, message, operation } = report;
  const formattedMessage = { lang: 'en', message };
  const status = { operation, status: ok ? 'success' : 'error', formattedMessage };
  await writeGuestFile(shell, {
    path: `${handlerDirectory(run)}/status/${run.sequence}.status`,
    content: JSON.stringify([{ version: 1, timestampUTC: new Date().toISOString(), status }]),
    mode: 0o600,
  });
  return { ok, message };
}

/** Forgets a handler, whatever its version, as the agent does after the handler's own clean-up. */
export async function removeHandlerFiles(
  shell: GuestShell,
  run: Pick<ExtensionRun, 'publisher' | 'type'>,
): Promise<void> {
  const script = 'rm -rf -- "$1"-[0-9]*';
  await requireInGuest(shell, ['sh', '-c', script, 'remove', `${agentDirectory}/${run.publisher}.${run.type}`]);
}
