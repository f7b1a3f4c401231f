import { posix } from 'node:path';
import type { SFTPWrapper, Stats } from 'ssh2';
import type { FileFacts, FileSide, OpenFile } from './file-side.ts';

/** Status codes of SFTP (draft-ietf-secsh-filexfer-02, 7): the end of a file, and no such file. */
const END_OF_FILE = 1;
const NO_SUCH_FILE = 2;

/** The files of a host. Relative paths begin in the user's home, as does `~/`. */
export function sftpSide(sftp: SFTPWrapper): FileSide {
  return {
    async stat(path): Promise<FileFacts | undefined> {
      const { promise, resolve, reject } = Promise.withResolvers<FileFacts | undefined>();
      sftp.stat(at(path), (error, found) => {
        if (error) return isStatus(error, NO_SUCH_FILE) ? resolve(undefined) : reject(error);
        const kind = found.isFile() ? 'file' : found.isDirectory() ? 'directory' : 'other';
        resolve({ kind, mode: found.mode & 0o777, size: found.size });
      });
      return promise;
    },
    isLink: async (path) => (await ask<Stats>((done) => sftp.lstat(at(path), done))).isSymbolicLink(),
    realPath: (path) => ask((done) => sftp.realpath(at(path), done)),
    async list(path) {
      const entries = await ask<{ filename: string }[]>((done) => sftp.readdir(at(path), done));
      return entries.map(({ filename }) => filename);
    },
    openToRead: (path) => openRemote(sftp, (done) => sftp.open(at(path), 'r', done)),
    openToWrite: (path, mode) => openRemote(sftp, (done) => sftp.open(at(path), 'w', { mode }, done)),
    makeDirectory: (path, mode) => ask<void>((done) => sftp.mkdir(at(path), { mode }, done)),
    setMode: (path, mode) => ask<void>((done) => sftp.chmod(at(path), mode, done)),
    join: posix.join,
    nameOf: posix.basename,
  };
}

function at(path: string): string {
  const inHome = path === '~' ? '' : path.startsWith('~/') ? path.slice(2) : path;
  return inHome === '' ? '.' : inHome;
}

async function openRemote(
  sftp: SFTPWrapper,
  open: (done: (error: Error | undefined, handle: Buffer) => void) => void,
): Promise<OpenFile> {
  const handle = await ask(open);
  return {
    read(buffer, position) {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      sftp.read(handle, buffer, 0, buffer.length, position, (error, bytes) => {
        if (error === undefined || error === null) resolve(bytes);
        else if (isStatus(error, END_OF_FILE)) resolve(0);
        else reject(error);
      });
      return promise;
    },
    write: (data, position) => ask<void>((done) => sftp.write(handle, data, 0, data.length, position, done)),
    close: () => ask<void>((done) => sftp.close(handle, done)),
  };
}

function isStatus(error: Error, code: number): boolean {
  return 'code' in error && error.code === code;
}

function ask<T>(start: (done: (error: Error | null | undefined, value: T) => void) => void): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  start((error, value) => (error ? reject(error) : resolve(value)));
  return promise;
}
