import { X509Certificate } from 'node:crypto';
import { parse } from 'yaml';
import type { World } from './azdock.ts';
import { addressOf } from './engine.ts';
import { asRoot } from './host.ts';

/** What a provisioner leaves on a host, with what has to differ between machines replaced by a word. */
export interface HostState {
  /** `name mode owner group` of everything below `/etc/docker`. */
  readonly files: readonly string[];
  /** Texts of those files: certificates as what they say, the compose file as what it means. */
  readonly contents: Readonly<Record<string, unknown>>;
  /** Arguments of the engine that runs. */
  readonly arguments: readonly string[];
  /** Environment that the engine runs in, without what systemd adds for each start. */
  readonly environment: readonly string[];
  /** systemd's view of the same: `path`, `argv[]` and what follows up to the times. */
  readonly execStart: string;
  readonly isEnabled: string;
  /** Of the admin user. */
  readonly groups: readonly string[];
}

/** Variables that systemd sets anew for each start (systemd.exec(5), "Environment variables set or propagated"). */
const OF_EACH_START = /^(INVOCATION_ID|JOURNAL_STREAM|LISTEN_PID|NOTIFY_SOCKET|SYSTEMD_EXEC_PID)=/;

export async function hostState(world: World, machine: string): Promise<HostState> {
  const run = (script: string) => asRoot(world, machine, script);
  const neutral = neutralizer(machine, await addressOf(world, machine), await serialOf(world, machine));
  const engine = 'pid=$(systemctl show docker -p MainPID --value)';
  const paths = lines(await run('cd /etc/docker && find . -type f | sort'));
  const contents = await Promise.all(
    paths.map(async (path) => [path, meaning(path, await run(`cat "/etc/docker/${path}"`), neutral)] as const),
  );
  const execStart = (await run('systemctl show docker -p ExecStart --value')).split(' ; ignore_errors=')[0] ?? '';
  return {
    files: lines(await run("cd /etc/docker && find . -printf '%p %m %u %g\\n' | sort")),
    contents: Object.fromEntries(contents),
    arguments: zeroSeparated(await run(`${engine}; cat /proc/$pid/cmdline`)).map(neutral),
    environment: zeroSeparated(await run(`${engine}; cat /proc/$pid/environ`))
      .filter((pair) => !OF_EACH_START.test(pair))
      .sort(),
    execStart: neutral(execStart),
    isEnabled: (await run('systemctl is-enabled docker')).trim(),
    groups: (await run('id -nG docker-user')).trim().split(' ').sort(),
  };
}

async function serialOf(world: World, machine: string): Promise<string> {
  return new X509Certificate(await world.file(machine, 'server.pem')).serialNumber;
}

function neutralizer(machine: string, address: string, serial: string): (text: string) => string {
  return (text) => text.replaceAll(serial, 'SERIAL').replaceAll(address, 'ADDRESS').replaceAll(machine, 'MACHINE');
}

/** The CA is the same everywhere, byte for byte. A machine's own pair differs, so it is compared by what it is good for. */
function meaning(path: string, text: string, neutral: (text: string) => string): unknown {
  if (path.endsWith('docker-compose.yml')) return parse(text);
  if (path === './key.pem') return text.replace(/^(?!-----).+\n/gm, '').trim();
  // dockerd's own trust key, made at its first start.
  if (path === './key.json') return Object.keys(JSON.parse(text));
  if (path !== './cert.pem') return text;
  const { subject, issuer, subjectAltName, validFrom, validTo, keyUsage } = new X509Certificate(text);
  const days = Math.round((Date.parse(validTo) - Date.parse(validFrom)) / (24 * 60 * 60 * 1000));
  const names = neutral(subjectAltName ?? '').replaceAll(/192\.168\.\d+\.\d+/g, 'PRIVATE');
  return { subject: neutral(subject), issuer, names, days, keyUsage };
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function zeroSeparated(text: string): string[] {
  return text.split('\0').filter((part) => part !== '');
}
