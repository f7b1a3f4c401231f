/** What a path is, links followed. */
export interface FileFacts {
  readonly kind: 'file' | 'directory' | 'other';
  /** Permission bits. */
  readonly mode: number;
  /** Bytes. */
  readonly size: number;
}

/** A file that is open for reading or writing at any place. */
export interface OpenFile {
  /** @returns how many bytes were read; 0 at the end */
  read(buffer: Buffer, position: number): Promise<number>;
  write(data: Buffer, position: number): Promise<void>;
  close(): Promise<void>;
}

/** One side of a copy: the files of this computer, or those of a host. Rejects with the system's own errors. */
export interface FileSide {
  /** Undefined when there is nothing, or a link that leads nowhere. */
  stat(path: string): Promise<FileFacts | undefined>;
  isLink(path: string): Promise<boolean>;
  /** Without links and dots, to know a place again. */
  realPath(path: string): Promise<string>;
  /** Names in a directory. */
  list(path: string): Promise<string[]>;
  openToRead(path: string): Promise<OpenFile>;
  /** Empties what is there; a new file has these permissions, less what is masked out. */
  openToWrite(path: string, mode: number): Promise<OpenFile>;
  /** As `openToWrite`, for a directory. */
  makeDirectory(path: string, mode: number): Promise<void>;
  setMode(path: string, mode: number): Promise<void>;
  join(folder: string, name: string): string;
  /** The last part of a path. */
  nameOf(path: string): string;
}
