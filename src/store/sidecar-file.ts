import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { writeFileAtomic } from './atomic-write.ts';
import { fileFailure } from './file-failure.ts';
import { storeFiles } from './files.ts';
import type { MachinePaths } from './layout.ts';
import type { Sidecar } from './sidecar.ts';
import { formatSidecar, parseSidecar } from './sidecar-codec.ts';

/** The sidecar of one machine. Changes from within this process follow one another, so that none is lost. */
export interface SidecarFile {
  /** @returns undefined when there is none. @throws RecordError, StoreError */
  read(): Promise<Sidecar | undefined>;
  /** @throws StoreError */
  write(sidecar: Sidecar): Promise<void>;
  /**
   * Reads, changes, writes. `change` gets the sidecar and gives the one to be written. A machine of docker-machine, which has none,
   * is given one here.
   * @returns what was written
   * @throws RecordError, StoreError
   */
  update(change: (sidecar: Sidecar) => Sidecar): Promise<Sidecar>;
}

export function openSidecarFile(paths: MachinePaths): SidecarFile {
  const file = paths.sidecar;
  let last: Promise<unknown> = Promise.resolve();

  const read = async () => {
    const text = await storeFiles.read(file);
    return text === undefined ? undefined : parseSidecar(text, file);
  };
  const write = (sidecar: Sidecar) => writeFileAtomic(file, formatSidecar(sidecar), { mode: 0o600 });
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => {});
    return result;
  };

  return {
    read: () => inTurn(read),
    write: (sidecar) => inTurn(() => write(sidecar)),
    update: (change) =>
      inTurn(async () => {
        const changed = change((await read()) ?? (await adopted(paths)));
        await write(changed);
        return changed;
      }),
  };
}

/** A sidecar for a machine that docker-machine made: complete, with nothing in the journal. */
async function adopted(paths: MachinePaths): Promise<Sidecar> {
  try {
    const { birthtime, mtime } = await stat(paths.record);
    const createdAt = birthtime.getTime() > 0 && birthtime < mtime ? birthtime : mtime;
    return { version: 1, id: randomUUID(), phase: 'ready', createdAt: createdAt.toISOString(), journal: [] };
  } catch (error) {
    throw fileFailure(error, 'read', paths.record);
  }
}
