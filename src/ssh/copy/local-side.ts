import { chmod, lstat, mkdir, open, readdir, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { FileFacts, FileSide, OpenFile } from './file-side.ts';

/** The files of this computer. @param cwd where relative paths begin */
export function localSide(cwd: string): FileSide {
  const at = (path: string) => resolve(cwd, path);
  return {
    async stat(path): Promise<FileFacts | undefined> {
      const found = await stat(at(path)).catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      });
      if (found === undefined) return undefined;
      const kind = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other';
      return { kind, mode: found.mode & 0o777, size: found.size };
    },
    isLink: async (path) => (await lstat(at(path))).isSymbolicLink(),
    realPath: (path) => realpath(at(path)),
    list: (path) => readdir(at(path)),
    openToRead: (path) => openLocal(at(path), 'r'),
    openToWrite: (path, mode) => openLocal(at(path), 'w', mode),
    async makeDirectory(path, mode) {
      await mkdir(at(path), { mode });
    },
    setMode: (path, mode) => chmod(at(path), mode),
    join,
    nameOf: basename,
  };
}

async function openLocal(path: string, flags: 'r' | 'w', mode?: number): Promise<OpenFile> {
  const file = await open(path, flags, mode);
  return {
    read: async (buffer, position) => (await file.read(buffer, 0, buffer.length, position)).bytesRead,
    async write(data, position) {
      for (let done = 0; done < data.length; ) {
        const { bytesWritten } = await file.write(data, done, data.length - done, position + done);
        done += bytesWritten;
      }
    },
    close: () => file.close(),
  };
}
