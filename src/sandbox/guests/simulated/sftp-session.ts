import ssh2, { type Attributes, type SFTPWrapper } from 'ssh2';
import type { FileNode, FileTree } from './file-tree.ts';

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp;

/** SFTP limits a packet to 34000 bytes (draft-ietf-secsh-filexfer-02, 3); clients ask for no more than this. */
const maxReadBytes = 32_768;

interface OpenHandle {
  readonly path: string;
  /** Entries still to be listed, for a directory. */
  unlisted: string[] | undefined;
}

/** Serves SFTP (version 3) on a guest's files. What it does not know is refused by name of the protocol, `OP_UNSUPPORTED`. */
export function serveSftp(sftp: SFTPWrapper, tree: FileTree, home: string): void {
  const handles = new Map<number, OpenHandle>();
  let lastHandle = 0;
  const inHome = (path: string) => (path.startsWith('/') ? path : `${home}/${path}`);
  const answer = (id: number, done: boolean) => sftp.status(id, done ? STATUS_CODE.OK : STATUS_CODE.FAILURE);
  const missing = (id: number) => sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
  const opened = (id: number, handle: OpenHandle) => {
    lastHandle += 1;
    handles.set(lastHandle, handle);
    const name = Buffer.alloc(4);
    name.writeUInt32BE(lastHandle);
    sftp.handle(id, name);
  };
  const at = (handle: Buffer) => (handle.length === 4 ? handles.get(handle.readUInt32BE()) : undefined);
  const attributesOf = (id: number, path: string | undefined) => {
    const node = path === undefined ? undefined : tree.get(path);
    if (node === undefined) missing(id);
    else sftp.attrs(id, attributes(node));
  };
  const change = (id: number, path: string | undefined, wanted: Attributes) => {
    const node = path === undefined ? undefined : tree.get(path);
    if (node === undefined) return missing(id);
    if (wanted.mode !== undefined) node.mode = wanted.mode & 0o7777;
    if (wanted.size !== undefined) node.content = resized(node.content, wanted.size);
    sftp.status(id, STATUS_CODE.OK);
  };

  sftp.on('OPEN', (id, name, flags, wanted) => {
    const path = inHome(name);
    const isThere = tree.get(path)?.kind === 'file';
    const creates = (flags & OPEN_MODE.CREAT) !== 0 && !isThere;
    const empties = (flags & OPEN_MODE.TRUNC) !== 0;
    if (!isThere && !creates) return missing(id);
    if ((creates || empties) && !tree.truncate(path, (wanted.mode ?? 0o644) & 0o7777)) return missing(id);
    opened(id, { path, unlisted: undefined });
  });
  sftp.on('READ', (id, handle, offset, length) => {
    const content = tree.get(at(handle)?.path ?? '')?.content;
    if (content === undefined || offset >= content.length) return sftp.status(id, STATUS_CODE.EOF);
    sftp.data(id, content.subarray(offset, offset + Math.min(length, maxReadBytes)));
  });
  sftp.on('WRITE', (id, handle, offset, data) => {
    const node = tree.get(at(handle)?.path ?? '');
    if (node?.kind !== 'file') return missing(id);
    const content = resized(node.content, Math.max(node.content.length, offset + data.length));
    data.copy(content, offset);
    node.content = content;
    sftp.status(id, STATUS_CODE.OK);
  });
  sftp.on('CLOSE', (id, handle) => answer(id, handle.length === 4 && handles.delete(handle.readUInt32BE())));
  sftp.on('OPENDIR', (id, name) => {
    const unlisted = tree.list(inHome(name));
    if (unlisted === undefined) missing(id);
    else opened(id, { path: inHome(name), unlisted });
  });
  sftp.on('READDIR', (id, handle) => {
    const open = at(handle);
    if (open?.unlisted === undefined || open.unlisted.length === 0) return sftp.status(id, STATUS_CODE.EOF);
    const entries = open.unlisted.flatMap((filename) => {
      const node = tree.get(`${open.path}/${filename}`);
      return node === undefined ? [] : [{ filename, longname: filename, attrs: attributes(node) }];
    });
    open.unlisted = [];
    sftp.name(id, entries);
  });
  sftp.on('STAT', (id, name) => attributesOf(id, inHome(name)));
  sftp.on('LSTAT', (id, name) => attributesOf(id, inHome(name)));
  sftp.on('FSTAT', (id, handle) => attributesOf(id, at(handle)?.path));
  sftp.on('SETSTAT', (id, name, wanted) => change(id, inHome(name), wanted));
  sftp.on('FSETSTAT', (id, handle, wanted) => change(id, at(handle)?.path, wanted));
  sftp.on('MKDIR', (id, name, wanted) => answer(id, tree.makeFolder(inHome(name), (wanted.mode ?? 0o755) & 0o7777)));
  sftp.on('RMDIR', (id, name) => answer(id, tree.get(inHome(name))?.kind === 'directory' && tree.remove(inHome(name))));
  sftp.on('REMOVE', (id, name) => answer(id, tree.get(inHome(name))?.kind === 'file' && tree.remove(inHome(name))));
  sftp.on('RENAME', (id, from, to) => answer(id, tree.rename(inHome(from), inHome(to))));
  sftp.on('REALPATH', (id, name) => {
    const filename = name === '.' ? home : inHome(name);
    sftp.name(id, [{ filename, longname: filename, attrs: attributes(tree.get(filename)) }]);
  });
}

function attributes(node: FileNode | undefined): Attributes {
  const type = node?.kind === 'directory' ? 0o040000 : 0o100000;
  const changedAt = node?.changedAt ?? 0;
  return {
    mode: type | (node?.mode ?? 0),
    uid: 1000,
    gid: 1000,
    size: node?.content.length ?? 0,
    atime: changedAt,
    mtime: changedAt,
  };
}

/** At most as long as a client has reason to write: a simulated guest must not eat this computer's memory. */
const maxFileBytes = 64 * 1024 * 1024;

function resized(content: Buffer, length: number): Buffer {
  const size = Math.min(length, maxFileBytes);
  if (size <= content.length) return content.subarray(0, size);
  return Buffer.concat([content, Buffer.alloc(size - content.length)]);
}
