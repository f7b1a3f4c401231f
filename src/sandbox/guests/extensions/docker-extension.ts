import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { ExtensionRun, ExtensionVerdict } from '../guest-host.ts';
import { type GuestShell, readGuestFile, requireInGuest, writeGuestFile } from '../linux/guest-shell.ts';
import { dockerArguments, replaceExecStart } from './docker-arguments.ts';
import {
  type DockerExtensionSettings,
  type DockerLogin,
  parseDockerExtensionSettings,
} from './docker-extension-settings.ts';
import { logDirectory, prepareHandler, reportStatus } from './handler-files.ts';

const operation = 'Enable Docker';
const unitFile = '/lib/systemd/system/docker.service';
const composeBinary = '/usr/local/bin/docker-compose';
const composeFile = '/etc/docker/compose/docker-compose.yml';
const composeUrl = 'https://github.com/docker/compose/releases/download/1.6.2/docker-compose-Linux-x86_64';

/** The handler's pause after (re)starting the engine. */
const engineStartMs = 3_000;
const installTries = 6;
const installPauseMs = 60_000;
/** The agent's limit for a handler's `enable`: 90 minutes. */
const patienceMs = 90 * 60_000;

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

/** Of the distributions it accepts, Ubuntu from 13 on is the one that guests can be (pkg/driver/driver.go). */
async function checkDistribution(shell: GuestShell): Promise<void> {
  const text = (await readGuestFile(shell, '/etc/lsb-release'))?.toString() ?? '';
  const [id, release] = ['ID', 'RELEASE'].map((key) => new RegExp(`^DISTRIB_${key}="?([^"\n]*)`, 'm').exec(text)?.[1]);
  if (id !== 'Ubuntu' || !(Number.parseInt(release ?? '', 10) >= 13))
    throw new Error(`Distro not supported: ${id ?? 'unknown'} ${release ?? ''}`.trim());
}

async function installEngine(shell: GuestShell, log: (line: string) => Promise<void>): Promise<void> {
  for (let tries = installTries; ; ) {
    const present = await shell.run(['sh', '-c', 'command -v docker']);
    if (present.exitCode === 0) return log('docker already installed. not re-installing');
    // With pipefail, or a failed download would count as an installation of nothing.
    const install = 'set -o pipefail; curl -sSL https://get.docker.com/ | sh';
    const outcome = await shell.run(['bash', '-c', install], { timeoutMs: patienceMs });
    if (outcome.exitCode === 0) return;
    tries -= 1;
    if (tries === 0) throw new Error(`exit status ${outcome.exitCode}: ${outcome.stderr.toString().trim()}`);
    await log(`install failed. remaining attempts=${tries}. ${outcome.stderr.toString().trim()}`);
    await sleep(installPauseMs);
  }
}

async function installCompose(shell: GuestShell, log: (line: string) => Promise<void>): Promise<void> {
  const present = await shell.run(['test', '-e', composeBinary]);
  if (present.exitCode === 0) return log(`docker-compose is already installed at ${composeBinary}`);
  const outcome = await shell.run(['curl', '-fsSL', '--output', composeBinary, composeUrl]);
  if (outcome.exitCode !== 0)
    throw new Error(
      `error installing docker-compose: error downloading docker-compose: ${outcome.stderr.toString().trim()}`,
    );
  await requireInGuest(shell, ['chmod', '0755', composeBinary]);
}

async function writeCertificates(shell: GuestShell, { certificates }: DockerExtensionSettings): Promise<void> {
  if (certificates === undefined) return;
  for (const [name, content] of Object.entries(certificates))
    await writeGuestFile(shell, { path: `/etc/docker/${name}.pem`, content, mode: 0o600 });
}

/** Restarts the engine only if its arguments have changed; new certificates alone do not make it read them. */
async function startEngine(
  shell: GuestShell,
  settings: DockerExtensionSettings,
  log: (line: string) => Promise<void>,
): Promise<void> {
  const before = (await readGuestFile(shell, unitFile))?.toString() ?? '';
  const wanted = dockerArguments(settings);
  const after = replaceExecStart(before, wanted);
  await log(`Updating daemon args to: ${wanted}`);
  await log(`restart needed: ${before !== after}`);
  if (before === after) await shell.run(['systemctl', 'start', 'docker']);
  else {
    await writeGuestFile(shell, { path: unitFile, content: after, mode: 0o644 });
    await requireInGuest(shell, ['systemctl', 'daemon-reload']);
    await requireInGuest(shell, ['systemctl', 'restart', 'docker']);
  }
  await sleep(engineStartMs);
}

/** `--email` is gone since Docker 17.06, so that this fails on every engine of today, as the real handler does. */
async function logIn(shell: GuestShell, login: DockerLogin | undefined): Promise<void> {
  if (login === undefined) return;
  const { email, username, password, server } = login;
  const options = [`--email=${email}`, `--username=${username}`, `--password=${password}`];
  const outcome = await shell.run(['docker', 'login', ...options, ...(server === '' ? [] : [server])]);
  if (outcome.exitCode !== 0) throw new Error("'docker login' failed");
}

async function composeUp(shell: GuestShell, settings: DockerExtensionSettings, logFile: string): Promise<void> {
  if (Object.keys(settings.compose).length === 0) return;
  await writeGuestFile(shell, { path: composeFile, content: stringify(settings.compose), mode: 0o644 });
  const environment = {
    COMPOSE_HTTP_TIMEOUT: '600',
    COMPOSE_PROJECT_NAME: 'compose',
    ...settings.composeEnvironment,
    ...settings.protectedEnvironment,
  };
  const script = 'exec "$1" -f "$2" up -d 2>>"$3" >/dev/null';
  const outcome = await shell.run(['sh', '-c', script, 'compose', composeBinary, composeFile, logFile], {
    environment,
    timeoutMs: patienceMs,
  });
  if (outcome.exitCode !== 0)
    throw new Error(`'docker-compose up' failed: exit status ${outcome.exitCode}. Check logs at ${logFile}.`);
}

/** As Go's standard logger writes the time. */
function stamp(): string {
  return new Date().toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ');
}
