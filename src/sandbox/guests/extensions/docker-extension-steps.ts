import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import { type GuestShell, readGuestFile, requireInGuest, writeGuestFile } from '../linux/guest-shell.ts';
import { dockerArguments, replaceExecStart } from './docker-arguments.ts';
import type { DockerExtensionSettings, DockerLogin } from './docker-extension-settings.ts';

const unitFile = '/lib/systemd/system/docker.service';
const composeFile = '/etc/docker/compose/docker-compose.yml';
const composeUrl = 'https://github.com/docker/compose/releases/download/1.6.2/docker-compose-Linux-x86_64';

/** Where the handler wants docker-compose on Ubuntu (pkg/driver/ubuntu_base.go). */
export const composeBinary = '/usr/local/bin/docker-compose';

/** The handler's pause after (re)starting the engine. */
const engineStartMs = 3_000;
const installTries = 6;
const installPauseMs = 60_000;
/** The agent's limit for a handler's `enable`: 90 minutes. */
const patienceMs = 90 * 60_000;

/** Of the distributions it accepts, Ubuntu from 13 on is the one that guests can be (pkg/driver/driver.go). */
export async function checkDistribution(shell: GuestShell): Promise<void> {
  const text = (await readGuestFile(shell, '/etc/lsb-release'))?.toString() ?? '';
  const [id, release] = ['ID', 'RELEASE'].map((key) => new RegExp(`^DISTRIB_${key}="?([^"\n]*)`, 'm').exec(text)?.[1]);
  if (id !== 'Ubuntu' || !(Number.parseInt(release ?? '', 10) >= 13))
    throw new Error(`Distro not supported: ${id ?? 'unknown'} ${release ?? ''}`.trim());
}

/** Docker's own script, up to six times, if there is no `docker`. */
export async function installEngine(shell: GuestShell, log: (line: string) => Promise<void>): Promise<void> {
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

/** Version 1.6.2 from GitHub, unless a file is there. */
export async function installCompose(shell: GuestShell, log: (line: string) => Promise<void>): Promise<void> {
  const present = await shell.run(['test', '-e', composeBinary]);
  if (present.exitCode === 0) return log(`docker-compose is already installed at ${composeBinary}`);
  const outcome = await shell.run(['curl', '-fsSL', '--output', composeBinary, composeUrl]);
  if (outcome.exitCode !== 0)
    throw new Error(
      `error installing docker-compose: error downloading docker-compose: ${outcome.stderr.toString().trim()}`,
    );
  await requireInGuest(shell, ['chmod', '0755', composeBinary]);
}

/** Nothing unless all three are given. */
export async function writeCertificates(shell: GuestShell, { certificates }: DockerExtensionSettings): Promise<void> {
  if (certificates === undefined) return;
  for (const [name, content] of Object.entries(certificates))
    await writeGuestFile(shell, { path: `/etc/docker/${name}.pem`, content, mode: 0o600 });
}

/** Restarts the engine only if its arguments have changed; new certificates alone do not make it read them. */
export async function startEngine(
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
export async function logIn(shell: GuestShell, login: DockerLogin | undefined): Promise<void> {
  if (login === undefined) return;
  const { email, username, password, server } = login;
  const options = [`--email=${email}`, `--username=${username}`, `--password=${password}`];
  const outcome = await shell.run(['docker', 'login', ...options, ...(server === '' ? [] : [server])]);
  if (outcome.exitCode !== 0) throw new Error("'docker login' failed");
}

/** Writes the project as YAML and starts it. The protected environment goes to that process only. */
export async function composeUp(shell: GuestShell, settings: DockerExtensionSettings, logFile: string): Promise<void> {
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
