import ssh2 from 'ssh2';
import type { Secret } from '../secret/secret.ts';

/** What can be done with the text of a key file: `protected` by a passphrase, it can only be used through an agent. */
export function judgeKey(text: Secret): 'usable' | 'protected' | 'no-private-key' {
  const key = ssh2.utils.parseKey(text.reveal());
  if (key instanceof Error) return /passphrase/.test(key.message) ? 'protected' : 'no-private-key';
  return key.isPrivateKey() ? 'usable' : 'no-private-key';
}
