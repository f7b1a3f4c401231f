import type { ExtensionRun, ExtensionVerdict } from '../guest-host.ts';
import { type GuestShell, requireInGuest, writeGuestFile } from '../linux/guest-shell.ts';
import { parseDockerExtensionSettings } from './docker-extension-settings.ts';
import {
  checkDistribution,
  composeBinary,
  composeUp,
  installCompose,
  installEngine,
  logIn,
  startEngine,
  writeCertificates,
} from './docker-extension-steps.ts';
import { logDirectory, prepareHandler, reportStatus } from './handler-files.ts';

const operation = 'Enable Docker';

/** One `enable` of DockerExtension 1.2.2: its steps, in its order (Azure/azure-docker-extension, op-enable.go). */
export async function enableDockerExtension(
  shell: GuestShell,
  adminUsername: string,
  run: ExtensionRun,
): Promise<ExtensionVerdict> {
  await prepareHandler(shell, run);
  const logFile = `${logDirectory(run)}/docker-extension.log`;
  const log = (line: string) =>
    writeGuestFile(shell, {
      path: logFile,
      content: `[DockerExtension] ${stamp()} ${line}\n`,
      mode: 0o644,
      append: true,
    });
  const step = async (name: string, work: () => Promise<void>) => {
    await log(`++ ${name}`);
    await work();
    await log(`-- ${name}`);
  };
  await log(`seqnum: ${run.sequence}`);
  try {
    await checkDistribution(shell);
    const settings = parseDockerExtensionSettings(run);
    if (!['', 'AzureCloud', 'AzureChinaCloud'].includes(settings.azureEnvironment))
      throw new Error(`invalid environment name: ${settings.azureEnvironment}`);
    await step('install docker', () => installEngine(shell, log));
    await step('install docker-compose', () => installCompose(shell, log));
    await step('add user to docker group', async () => {
      await requireInGuest(shell, ['usermod', '-aG', 'docker', adminUsername]);
    });
    await step('setup docker certs', () => writeCertificates(shell, settings));
    await step('restart docker', () => startEngine(shell, settings, log));
    await step('login docker registry', () => logIn(shell, settings.login));
    await step('compose up', () => composeUp(shell, settings, logFile));
  } catch (error) {
    const message = `ERROR: ${error instanceof Error ? error.message : String(error)}`;
    await log(message);
    return reportStatus(shell, run, { ok: false, message: `${operation} failed: ${message}`, operation });
  }
  return reportStatus(shell, run, { ok: true, message: `${operation} succeeded`, operation });
}

/**
 * Its `disable` stops the engine, and its `uninstall` purges the package that Docker offered in 2017, which today's
 * distributions do not know; only if that worked would docker-compose go as well (op-disable.go, op-uninstall.go).
 */
export async function uninstallDockerExtension(shell: GuestShell, log: (line: string) => void): Promise<void> {
  await requireInGuest(shell, ['systemctl', 'stop', 'docker']);
  const purged = await shell.run(['apt-get', '-qqy', 'purge', 'docker-engine']);
  if (purged.exitCode === 0) await requireInGuest(shell, ['rm', '-rf', composeBinary]);
  else log(`DockerExtension: uninstall failed: ${purged.stderr.toString().trim()}`);
}

/** As Go's standard logger writes the time. */
function stamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}
