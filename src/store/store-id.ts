import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../errors/store-error.ts';
import { writeFileAtomic } from './atomic-write.ts';
import { errorCode, fileFailure } from './file-failure.ts';
import { storeFiles } from './files.ts';
import { formatJson, parseJson } from './go-json.ts';
import { makePrivateDirectory } from './private-directory.ts';

/** What `azdock-store.json` holds. */
interface StoreIdentity {
  readonly version: 1;
  /** A UUID: value of the tag `azdock-store`. No secret. */
  readonly id: string;
  /** Inode of the directory for which it was made: a copy of a store has another one. */
  readonly place: string;
}

/** Beside `machines/` and `certs/`. */
export function storeIdFile(root: string): string {
  return join(root, 'azdock-store.json');
}

/**
 * The id of the store at `root`.
 *
 * A store that was copied, be it to another computer or out of a cache, counts as one without an id: otherwise each of the two would
 * take the other's machines for its own that were lost.
 *
 * @returns undefined when there is none yet
 * @throws StoreError
 */
export async function readStoreId(root: string): Promise<string | undefined> {
  const file = storeIdFile(root);
  const text = await storeFiles.read(file);
  if (text === undefined) return undefined;
  const { id, place } = parseIdentity(text, file);
  return place === (await placeOf(root)) ? id : undefined;
}

/** Gives the store at `root` an id of its own. The caller holds a lock. @throws StoreError */
export async function writeStoreId(root: string): Promise<string> {
  await makePrivateDirectory(root);
  const identity: StoreIdentity = { version: 1, id: randomUUID(), place: await placeOf(root) };
  await writeFileAtomic(storeIdFile(root), formatJson({ ...identity }), { mode: 0o600 });
  return identity.id;
}

async function placeOf(root: string): Promise<string> {
  try {
    return String((await stat(root, { bigint: true })).ino);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw fileFailure(error, 'read', root);
  }
}

function parseIdentity(text: string, file: string): StoreIdentity {
  try {
    const found = parseJson(text);
    if (typeof found === 'object' && found !== null && !Array.isArray(found)) {
      const { version, id, place } = found;
      if (version === 1 && typeof id === 'string' && typeof place === 'string') return { version, id, place };
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new StoreError(`${file} cannot be used: it does not hold the id of a store that this azdock knows.`, {
    resource: file,
    details: [
      'Without that file the store gets another id, and leftovers of its lost machines count as those of another store.',
    ],
  });
}
