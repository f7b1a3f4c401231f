import { mkdir, readFile, rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { Secret } from '../secret/secret.ts';
import { writeFileAtomic } from './atomic-write.ts';
import { errorCode, fileFailure } from './file-failure.ts';

/**
 * Certificates and keys, in the certificates' directory or a machine's, with docker-machine's modes. `certs/` is given them, since it does not know the store.
 */
export interface StoreFiles {
  /** @returns undefined when there is no such file. @throws StoreError */
  read(path: string): Promise<string | undefined>;
  /** The same, for what must not be seen. */
  readSecret(path: string): Promise<Secret | undefined>;
  /** Mode 0644, but `id_rsa.pub` 0600 as docker-machine has it. @throws StoreError */
  write(path: string, text: string): Promise<void>;
  /** Mode 0600. @throws StoreError */
  writeSecret(path: string, text: Secret): Promise<void>;
  /** No error when there is no such file. @throws StoreError */
  remove(path: string): Promise<void>;
  /** Makes a directory and those above it, mode 0700. No error when it is there. @throws StoreError */
  makeDirectory(path: string): Promise<void>;
}

/** @returns undefined when there is no such file. @throws StoreError */
export async function readSecret(path: string): Promise<Secret | undefined> {
  const text = await readIfPresent(path);
  return text === undefined ? undefined : new Secret(text);
}

/** Makes a directory and those above it, mode 0700. No error when it is there. @throws StoreError */
export async function makePrivateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw fileFailure(error, 'create', path);
  });
}

export const storeFiles: StoreFiles = {
  read: readIfPresent,
  readSecret,
  write: (path, text) => writeFileAtomic(path, text, { mode: basename(path) === 'id_rsa.pub' ? 0o600 : 0o644 }),
  writeSecret: (path, text) => writeFileAtomic(path, text.reveal(), { mode: 0o600 }),
  async remove(path) {
    await rm(path, { force: true }).catch((error: unknown) => {
      throw fileFailure(error, 'remove', path);
    });
  },
  makeDirectory: makePrivateDirectory,
};

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw fileFailure(error, 'read', path);
  }
}
