import { readFile } from 'node:fs/promises';
import { PreCreateCheckError } from '../../errors/pre-create-check-error.ts';
import { Secret } from '../../secret/secret.ts';
import { judgeKey } from '../../ssh/judge-key.ts';

/** A private key of the user's, and its public half where that lies beside it. */
export interface SshKeyFiles {
  readonly privateKey: Secret;
  readonly publicKey: string | undefined;
}

/**
 * Reads the key that the user named, and looks whether it is one. A key with a passphrase is one: an agent may hold it.
 * @throws PreCreateCheckError
 */
export async function readSshKey(path: string): Promise<SshKeyFiles> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    // docker-machine's words (docker/machine:drivers/generic/generic.go).
    if (code === 'ENOENT') throw refuse(path, `SSH key does not exist: ${JSON.stringify(path)}`, cause);
    throw refuse(path, `SSH key cannot be read: ${JSON.stringify(path)} (${code})`, cause);
  });
  const privateKey = new Secret(text);
  if (judgeKey(privateKey) === 'no-private-key')
    throw refuse(path, `SSH key cannot be used: ${JSON.stringify(path)} is not a private key`);
  const publicKey = await readFile(`${path}.pub`, 'utf8').catch(() => undefined);
  return { privateKey, publicKey };
}

function refuse(path: string, message: string, cause?: unknown): PreCreateCheckError {
  return new PreCreateCheckError(message, { resource: path, cause });
}
