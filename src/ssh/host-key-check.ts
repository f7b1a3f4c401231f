import type { ServerHostKeyAlgorithm } from 'ssh2';
import { HostKeyChangedError } from '../errors/host-key-changed-error.ts';
import { fingerprint } from './fingerprint.ts';

/** In the order in which we would like to pin one. SHA-1 signatures (`ssh-rsa`) and DSA are not taken. */
const ALGORITHMS: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/**
 * Which host key to ask for. The pinned type comes first: a server has one key of each type, and would otherwise show one that
 * was never pinned.
 */
export function hostKeyAlgorithms(pinned: string | undefined): ServerHostKeyAlgorithm[] {
  const type = pinned?.split(' ')[0];
  const first = ALGORITHMS.filter((name) => (type === 'ssh-rsa' ? name.startsWith('rsa-sha2') : name === type));
  return [...first, ...ALGORITHMS.filter((name) => !first.includes(name))];
}

/** `pinned` and `shown` are `TYPE BASE64`. `machine` is the machine's name, where it has one. */
export function hostKeyChanged(facts: {
  readonly host: string;
  readonly machine: string | undefined;
  readonly pinned: string;
  readonly shown: string;
}): HostKeyChangedError {
  const { host, machine, pinned, shown } = facts;
  return new HostKeyChangedError(`${machine ?? host} answers with another SSH host key than the one pinned for it.`, {
    resource: machine ?? host,
    details: [
      `pinned:    ${fingerprint(pinned)} (${pinned.split(' ')[0]})`,
      `answering: ${fingerprint(shown)} (${shown.split(' ')[0]}) at ${host}`,
      'Either the machine was made anew behind azdock, or something else answers at its address. azdock sends it nothing.',
    ],
    nextSteps: machine === undefined ? [] : [{ label: 'Remove it and make it anew', command: `azdock rm ${machine}` }],
  });
}
