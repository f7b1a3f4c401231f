import type { FileSide, OpenFile } from './file-side.ts';

/** Bytes asked for at a time: what every SFTP server takes (draft-ietf-secsh-filexfer-02, 3). */
const CHUNK_BYTES = 32 * 1024;
/** How many of them are on their way at once: one alone would wait for the host's answer each time. */
const AT_ONCE = 32;

/** A file or directory, on its side. */
export interface Place {
  readonly side: FileSide;
  readonly path: string;
}

export interface FileCopy {
  readonly from: Place;
  readonly to: Place;
  /** Permissions of the file if it is new. */
  readonly mode: number;
  readonly signal: AbortSignal;
}

/** Copies the content of one file, to its end even where its size is not known. Rejects with the system's errors. */
export async function copyFile({ from, to, mode, signal }: FileCopy): Promise<void> {
  const source = await from.side.openToRead(from.path);
  try {
    const target = await to.side.openToWrite(to.path, mode);
    try {
      await pump(source, target, signal);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function pump(source: OpenFile, target: OpenFile, signal: AbortSignal): Promise<void> {
  let next = 0;
  let ended = false;
  const work = async () => {
    const buffer = Buffer.alloc(CHUNK_BYTES);
    while (!ended) {
      signal.throwIfAborted();
      const start = next;
      next += CHUNK_BYTES;
      const size = await fill(source, buffer, start);
      if (size < CHUNK_BYTES) ended = true;
      if (size > 0) await target.write(buffer.subarray(0, size), start);
    }
  };
  const results = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
  const failed = results.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Reads until the buffer is full or the file ends: a single read may give less. */
async function fill(source: OpenFile, buffer: Buffer, start: number): Promise<number> {
  let size = 0;
  while (size < buffer.length) {
    const bytes = await source.read(buffer.subarray(size), start + size);
    if (bytes === 0) break;
    size += bytes;
  }
  return size;
}
