import { PreCreateCheckError } from '../errors/pre-create-check-error.ts';
import { asRoot } from '../ssh/command.ts';
import type { ExecResult } from '../ssh/run-channel.ts';
import type { SshSession } from '../ssh/session.ts';
import { type OsRelease, parseOsRelease } from './distributions/os-release.ts';

/** What can be seen on a host without changing it. */
export interface HostFacts {
  readonly release: OsRelease;
  readonly hasSystemd: boolean;
  readonly hasDocker: boolean;
  /** A firewall of the host's own that runs and has no rule for the engine's port. */
  readonly firewall: 'firewalld' | 'ufw' | undefined;
}

/** Comes before the text of os-release. */
const RELEASE = 'os-release:';

const script = (port: number | undefined): string => `PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
has() { command -v "$1" >/dev/null 2>&1; }
if has systemctl; then echo systemd; fi
if has dockerd; then echo docker; fi
${port === undefined ? '' : firewallOf(port)}
echo '${RELEASE}'
cat /etc/os-release 2>/dev/null || cat /usr/lib/os-release 2>/dev/null || :
`;

const firewallOf = (port: number): string => `if has firewall-cmd && firewall-cmd --state >/dev/null 2>&1; then
  firewall-cmd --query-port=${port}/tcp >/dev/null 2>&1 || echo firewalld
elif has ufw && ufw status 2>/dev/null | grep -q '^Status: active'; then
  ufw status | grep -Eq '^${port}(/tcp)? .*ALLOW' || echo ufw
fi`;

/**
 * Looks at a host as root.
 * @param port the engine's; undefined when it opens none, so that no firewall matters
 * @throws PreCreateCheckError when the user may not do that; SshError
 */
export async function inspectHost(
  session: SshSession,
  port: number | undefined,
  signal: AbortSignal,
): Promise<HostFacts> {
  const result = await session.exec(asRoot(session.user, ['sh', '-s']), { stdin: script(port), signal });
  const [before = '', release] = result.stdout.split(`${RELEASE}\n`);
  if (release === undefined) throw noRoot(session, result);
  const words = before.split('\n');
  return {
    release: parseOsRelease(release),
    hasSystemd: words.includes('systemd'),
    hasDocker: words.includes('docker'),
    firewall: (['firewalld', 'ufw'] as const).find((name) => words.includes(name)),
  };
}

/** With the host's own words: no sudo, a password, a terminal that it wants, or something else in place of a shell. */
function noRoot({ host, user }: SshSession, { stderr, stdout, code }: ExecResult): PreCreateCheckError {
  const said = (stderr.trim() || stdout.trim() || `exit status ${code}`).split('\n').at(-1) ?? '';
  const what =
    user === 'root' ? 'root cannot run commands there' : `${user} has to be able to use sudo without a password`;
  return new PreCreateCheckError(`azdock works as root on ${host}, and ${what} (the host says: ${said}).`, {
    resource: host,
    details: user === 'root' ? [] : [`On the host, in a file under /etc/sudoers.d:  ${user} ALL=(ALL) NOPASSWD: ALL`],
  });
}
