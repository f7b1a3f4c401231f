/** A host whose key is pinned, as OpenSSH's programs are to reach it. */
export interface PinnedHost {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Undefined takes the user's own keys and agent. */
  readonly keyFile: string | undefined;
  /** A file that holds {@link knownHostsLine} and nothing else. */
  readonly knownHostsFile: string;
}

/** The name under which OpenSSH looks the key up: the same for each machine, since each has a file of its own. */
export const HOST_KEY_ALIAS = 'azdock-machine';

/** The line of `known_hosts` that pins a key. `hostKey` is `TYPE BASE64`. */
export function knownHostsLine(hostKey: string): string {
  return `${HOST_KEY_ALIAS} ${hostKey.trim()}\n`;
}
