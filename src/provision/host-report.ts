import { SshError } from '../errors/ssh-error.ts';
import { asRoot } from '../ssh/command.ts';
import type { SshSession } from '../ssh/session.ts';
import { MARKER, PROVISION_LOG, PROVISION_STATE } from './script/prelude.ts';

/** What a host says of its engine and of those that set it up. */
export interface HostReport {
  /** The last run of the engine script. */
  readonly lastRun: {
    /** `none`: there was none. */
    readonly state: 'none' | 'running' | 'ready' | 'failed';
    /** ISO 8601; null when there was none. */
    readonly at: string | null;
    /** What it did last, in its own words. */
    readonly did: string | null;
    /** The end of its log. */
    readonly log: readonly string[];
  };
  readonly engine: {
    /** systemd's words: `active`, `running`. */
    readonly state: string;
    readonly detail: string;
    /** ISO 8601; null when it does not run. */
    readonly since: string | null;
    /** Of the process that runs, without the program. */
    readonly arguments: readonly string[];
  };
  /** Null on a host without cloud-init. */
  readonly cloudInit: {
    /** Its own word: `done`, `running`, `error`. */
    readonly status: string;
    /** What `cloud-init status --long` says beside. */
    readonly details: readonly string[];
    /** The end of what it and its scripts wrote. */
    readonly output: readonly string[];
  } | null;
}

/** Begins a section of the answer; no line of a log begins so. */
const SECTION = '\x1e';

const SCRIPT = `PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
section() { printf '\\036%s\\n' "$1"; }
pid=$(systemctl show -p MainPID docker.service 2>/dev/null | sed 's/^MainPID=//')
since=$(systemctl show -p ActiveEnterTimestamp docker.service 2>/dev/null | sed 's/^ActiveEnterTimestamp=//')
section state; cat ${PROVISION_STATE} 2>/dev/null
section at; stat -c %Y ${PROVISION_STATE} 2>/dev/null
section log; tail -n 40 ${PROVISION_LOG} 2>/dev/null | tr -d '\\036'
section unit; systemctl show -p ActiveState -p SubState docker.service 2>/dev/null
section since; [ "\${pid:-0}" = 0 ] || [ -z "$since" ] || date -d "$since" +%s 2>/dev/null
section words; [ "\${pid:-0}" = 0 ] || tr '\\0' '\\n' <"/proc/$pid/cmdline" 2>/dev/null
if command -v cloud-init >/dev/null 2>&1; then
  section cloud; cloud-init status --long 2>/dev/null
  section output; tail -n 40 /var/log/cloud-init-output.log 2>/dev/null | tr -d '\\036'
fi
section end
`;

/**
 * Reads how a host stands, as root and without changing anything.
 * @throws SshError when the connection breaks, or the user may not look; the signal's reason when aborted
 */
export async function readHostReport(session: SshSession, signal: AbortSignal): Promise<HostReport> {
  const result = await session.exec(asRoot(session.user, ['sh', '-s']), { stdin: SCRIPT, signal });
  const sections = sectionsOf(result.stdout);
  if (!sections.has('end')) {
    const why = result.stderr.trim().split('\n').at(-1) || `exit status ${result.code}`;
    throw new SshError(`${session.user} cannot look at ${session.host}: ${why}.`);
  }
  const lines = (name: string): readonly string[] => sections.get(name) ?? [];
  const value = (name: string, key: string): string =>
    lines(name)
      .find((line) => line.startsWith(key))
      ?.slice(key.length)
      .trim() ?? '';
  const log = lines('log');
  const word = lines('state')[0]?.split(' ')[0];
  return {
    lastRun: {
      state: word === 'running' || word === 'ready' || word === 'failed' ? word : 'none',
      at: timeOf(lines('at')[0]),
      did:
        log
          .findLast((line) => line.startsWith(MARKER))
          ?.slice(MARKER.length)
          .replace(/^failed: /, '') ?? null,
      log,
    },
    engine: {
      state: value('unit', 'ActiveState=') || 'unknown',
      detail: value('unit', 'SubState=') || 'unknown',
      since: timeOf(lines('since')[0]),
      arguments: lines('words').slice(1),
    },
    cloudInit: sections.has('cloud')
      ? {
          status: value('cloud', 'status:') || 'unknown',
          details: lines('cloud').filter((line) => line.trim() !== '' && !line.startsWith('status:')),
          output: lines('output'),
        }
      : null,
  };
}

function sectionsOf(output: string): Map<string, readonly string[]> {
  const sections = output.split(SECTION).slice(1);
  return new Map(
    sections.map((section) => {
      const [name = '', ...lines] = section.replace(/\n$/, '').split('\n');
      return [name, lines];
    }),
  );
}

/** From seconds since 1970. */
function timeOf(seconds: string | undefined): string | null {
  return seconds === undefined || !/^\d+$/.test(seconds) ? null : new Date(Number(seconds) * 1000).toISOString();
}
