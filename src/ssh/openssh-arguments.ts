import { identityOptions, optionWords, pinningOptions, type SshOption } from './openssh-option.ts';
import type { PinnedHost } from './pinned-host.ts';

/** Never the user's own configuration: it may share connections, jump or forward (docker/machine:libmachine/ssh/client.go). */
const NO_CONFIGURATION = ['-F', process.platform === 'win32' ? 'none' : '/dev/null'];

/**
 * Arguments for the system's `ssh`: docker-machine's, but with the pinned host key in place of none.
 *
 * @param words what the user typed after the machine: flags of ssh, then a command
 */
export function sshArguments(target: PinnedHost, words: readonly string[]): string[] {
  // Whoever gives ssh's own flags is told what ssh says about them; else azdock says it.
  const speaksSsh = words[0]?.startsWith('-') === true && words[0] !== '--';
  const options: SshOption[] = [
    ['ConnectionAttempts', '3'],
    ['ConnectTimeout', '10'],
    ['ControlMaster', 'no'],
    ['ControlPath', 'none'],
    ['LogLevel', speaksSsh ? 'error' : 'quiet'],
    ['PasswordAuthentication', 'no'],
    ['ServerAliveInterval', '60'],
    ...pinningOptions(target),
  ];
  return [
    ...NO_CONFIGURATION,
    ...optionWords(options),
    `${target.user}@${target.host}`,
    ...identityWords(target),
    '-p',
    String(target.port),
    ...words,
  ];
}

/** `-i` where it can be: it takes a path as it is, but no `%`. */
function identityWords(target: PinnedHost): string[] {
  const { keyFile } = target;
  if (keyFile === undefined) return [];
  return /[%$]/.test(keyFile) ? optionWords(identityOptions(target)) : ['-o', 'IdentitiesOnly=yes', '-i', keyFile];
}
