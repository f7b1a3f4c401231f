import { SshError, type SshFailure } from '../errors/ssh-error.ts';

export interface SshTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** The error for the user, from what ssh2 or the socket reported. */
export function sshError(target: SshTarget, error: Error): SshError {
  const failure = failureOf(error);
  return new SshError(`${describe(target, failure)}: ${reason(error)}`, {
    failure,
    cause: error,
    resource: target.host,
  });
}

function describe(target: SshTarget, failure: SshFailure): string {
  const place = `${target.host} port ${target.port}`;
  switch (failure) {
    case 'authentication':
      return `${place} does not let ${target.user} in with the machine's SSH key`;
    case 'key':
      return `The SSH key for ${target.user}@${target.host} cannot be used`;
    case 'timeout':
      return `SSH on ${place} does not answer`;
    case 'closed':
      return `The SSH connection to ${place} was lost`;
    default:
      return `SSH to ${place} failed`;
  }
}

const BY_CODE: Readonly<Record<string, SshFailure>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
};

/** ssh2 tells its failures apart by `level` (ssh2 1.17: lib/client.js). */
const BY_LEVEL: Readonly<Record<string, SshFailure>> = {
  'client-authentication': 'authentication',
  'client-timeout': 'timeout',
};

function failureOf(error: Error): SshFailure {
  const code = 'code' in error ? String(error.code) : '';
  const level = 'level' in error ? String(error.level) : '';
  if (/Cannot parse privateKey|privateKey value does not contain/.test(error.message)) return 'key';
  if (/Connection lost before handshake|No response from server/.test(error.message)) return 'closed';
  return BY_CODE[code] ?? BY_LEVEL[level] ?? 'other';
}

function reason(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED') return 'connection refused';
  if (/Encrypted .*no passphrase/.test(error.message))
    return 'it is protected by a passphrase, which azdock does not ask for';
  if (/Cannot parse privateKey/.test(error.message)) return 'it is not a private key that OpenSSH would read';
  if (/All configured authentication methods failed/.test(error.message)) return 'permission denied';
  return error.message;
}
