import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { Secret } from '../secret/secret.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a user logs in with where a machine has no key of its own. */
export interface OwnIdentities {
  /** Address of the agent, if one runs. */
  readonly agent: string | undefined;
  readonly keys: readonly Secret[];
}

/** The files that ssh tries when it is told nothing else, in its order (ssh_config(5), "IdentityFile"). */
const FILES = ['id_rsa', 'id_ecdsa', 'id_ed25519'];

/** Where Windows' own agent listens. */
const WINDOWS_AGENT = '\\\\.\\pipe\\openssh-ssh-agent';

/** The user's agent and keys. Keys that are protected by a passphrase can only be used through the agent. */
export async function ownIdentities(environment: Environment): Promise<OwnIdentities> {
  const home = environment['HOME'] || environment['USERPROFILE'];
  const read = home === undefined ? [] : FILES.map((name) => readFile(join(home, '.ssh', name), 'utf8'));
  const texts = (await Promise.allSettled(read)).filter((result) => result.status === 'fulfilled');
  const keys = texts.map(({ value }) => value).filter((text) => !(ssh2.utils.parseKey(text) instanceof Error));
  return { agent: agentAddress(environment), keys: keys.map((text) => new Secret(text)) };
}

/** Where the user's SSH agent listens; undefined when none does. */
export function agentAddress(environment: Environment): string | undefined {
  return environment['SSH_AUTH_SOCK'] || (process.platform === 'win32' ? WINDOWS_AGENT : undefined);
}
