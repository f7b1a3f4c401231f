import { isIP } from 'node:net';
import { identityOptions, optionWords, pinningOptions, type SshOption } from './openssh-option.ts';
import type { PinnedHost } from './pinned-host.ts';

/** Arguments for `sshfs`: docker-machine's, but with the pinned host key in place of none. */
export function sshfsArguments(target: PinnedHost, path: string, mountPoint: string): string[] {
  const options: SshOption[] = [
    ...pinningOptions(target),
    ['LogLevel', 'error'],
    ['Port', String(target.port)],
    ...identityOptions(target),
  ];
  const host = isIP(target.host) === 6 ? `[${target.host}]` : target.host;
  return [...optionWords(options.map(escapeCommas)), `${target.user}@${host}:${path}`, mountPoint];
}

/** FUSE takes a comma for the beginning of the next option, and a backslash for an escape (mount.fuse3(8)). */
function escapeCommas([keyword, value]: SshOption): SshOption {
  return [keyword, value.replace(/[\\,]/g, '\\$&')];
}
