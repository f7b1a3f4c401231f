import { UnsafeValueError } from '../errors/unsafe-value-error.ts';
import { HOST_KEY_ALIAS, type PinnedHost } from './pinned-host.ts';

/** Keyword and value, as `ssh_config` has them. */
export type SshOption = readonly [string, string];

/** Only the pinned key is taken, and only from the file that holds it. */
export function pinningOptions({ knownHostsFile }: PinnedHost): SshOption[] {
  return [
    ['StrictHostKeyChecking', 'yes'],
    ['UserKnownHostsFile', pathValue(knownHostsFile)],
    ['HostKeyAlias', HOST_KEY_ALIAS],
  ];
}

/** The machine's own key and no other, where it has one. */
export function identityOptions({ keyFile }: PinnedHost): SshOption[] {
  if (keyFile === undefined) return [];
  return [
    ['IdentitiesOnly', 'yes'],
    ['IdentityFile', pathValue(keyFile)],
  ];
}

/** For a command line: `-o Keyword=value`, twice as many words. */
export function optionWords(options: readonly SshOption[]): string[] {
  return options.flatMap(([keyword, value]) => ['-o', `${keyword}=${value}`]);
}

/**
 * A path as the value of an option: quoted against blanks, `%` doubled, since OpenSSH has tokens there (ssh_config(5), "TOKENS").
 *
 * @throws UnsafeValueError when OpenSSH would read another path out of it
 */
export function pathValue(path: string): string {
  // OpenSSH puts environment variables in, and older ones know no escapes in quotes (ssh_config(5), "ENVIRONMENT VARIABLES").
  if (/["\n\r]|\$\{/.test(path)) {
    throw new UnsafeValueError(`OpenSSH cannot be given the path ${JSON.stringify(path)}.`, {
      resource: path,
      nextSteps: [{ label: 'Do without OpenSSH', command: 'azdock --native-ssh …' }],
    });
  }
  const slashes = process.platform === 'win32' ? path.replaceAll('\\', '/') : path.replaceAll('\\', '\\\\');
  const value = slashes.replaceAll('%', '%%');
  return /[^A-Za-z0-9_@%+=:,./-]/.test(value) ? `"${value}"` : value;
}
