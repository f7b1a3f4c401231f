import type { ExtensionRun, ExtensionVerdict } from '../guest-host.ts';
import type { GuestShell } from '../linux/guest-shell.ts';
import { enableCustomScript, uninstallCustomScript } from './custom-script.ts';
import { enableDockerExtension, uninstallDockerExtension } from './docker-extension.ts';
import { removeHandlerFiles } from './handler-files.ts';
import { handlerOf, unknownHandler } from './handler-names.ts';

/** Runs an extension's handler in a guest, for real. */
export async function enableExtension(
  shell: GuestShell,
  adminUsername: string,
  run: ExtensionRun,
): Promise<ExtensionVerdict> {
  switch (handlerOf(run)) {
    case 'DockerExtension':
      return enableDockerExtension(shell, adminUsername, run);
    case 'CustomScript':
      return enableCustomScript(shell, run);
    default:
      return unknownHandler(run);
  }
}

/** Takes an extension off a guest: the handler's own clean-up, then the agent's. */
export async function disableExtension(
  shell: GuestShell,
  run: Pick<ExtensionRun, 'publisher' | 'type'>,
  log: (line: string) => void,
): Promise<void> {
  const handler = handlerOf(run);
  if (handler === undefined) return;
  if (handler === 'DockerExtension') await uninstallDockerExtension(shell, log);
  else await uninstallCustomScript(shell);
  await removeHandlerFiles(shell, run);
}
