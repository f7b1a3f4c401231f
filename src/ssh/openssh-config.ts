import { identityOptions, pinningOptions, type SshOption } from './openssh-option.ts';
import type { PinnedHost } from './pinned-host.ts';

/**
 * The text of an `ssh_config` for programs that reach several hosts at once, each with its own key and host key.
 *
 * @param hosts by the name that stands for each
 */
export function opensshConfig(hosts: Readonly<Record<string, PinnedHost>>): string {
  const sections = Object.entries(hosts).map(([name, target]) => {
    const options: SshOption[] = [
      ['HostName', target.host],
      ['User', target.user],
      ['Port', String(target.port)],
      ...identityOptions(target),
      ...pinningOptions(target),
      ['ConnectTimeout', '10'],
      ['ControlMaster', 'no'],
      ['ControlPath', 'none'],
      ['LogLevel', 'error'],
      ['PasswordAuthentication', 'no'],
      ['ServerAliveInterval', '60'],
    ];
    return [`Host ${name}`, ...options.map(([keyword, value]) => `  ${keyword} ${value}`)].join('\n');
  });
  return `${sections.join('\n\n')}\n`;
}
