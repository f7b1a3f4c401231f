import { rm } from 'node:fs/promises';
import { basename, dirname, sep } from 'node:path';
import { Secret } from '../secret/secret.ts';
import { writeFileAtomic } from './atomic-write.ts';
import { fileFailure } from './file-failure.ts';
import { requireOwnPlace } from './own-place.ts';
import { makePrivateDirectory } from './private-directory.ts';
import { readStoreFileSync } from './read-file.ts';

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

/** As {@link storeFiles}, but nothing is written or removed where a symbolic link leads out of the store at `root`. */
export function filesWithin(root: string): StoreFiles {
  const check = async (path: string) => {
    if (path.startsWith(root + sep)) await requireOwnPlace(root, dirname(path));
  };
  return {
    ...storeFiles,
    write: async (path, text) => {
      await check(path);
      await storeFiles.write(path, text);
    },
    writeSecret: async (path, text) => {
      await check(path);
      await storeFiles.writeSecret(path, text);
    },
    remove: async (path) => {
      await check(path);
      await storeFiles.remove(path);
    },
  };
}

async function readIfPresent(path: string): Promise<string | undefined> {
  return readStoreFileSync(path);
}
