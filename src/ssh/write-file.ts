import type { SFTPWrapper } from 'ssh2';

export interface Upload {
  readonly content: Buffer;
  /** Absolute, on the host. */
  readonly path: string;
  /** File mode, such as `0o600`: the file has it before anything is written into it. */
  readonly mode: number;
}

/** Writes one file and ends the SFTP channel. Rejects with SFTP's own error, or with the signal's reason. */
export async function writeFile(sftp: SFTPWrapper, file: Upload, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  sftp.on('close', () => reject(new Error('the connection was lost')));
  // The mode of an existing file would stay as it is, so it is narrowed before anything is written into it.
  sftp.chmod(file.path, file.mode, () => {
    sftp.writeFile(file.path, file.content, { mode: file.mode }, (error) => (error ? reject(error) : resolve()));
  });
  try {
    await promise;
  } finally {
    signal.removeEventListener('abort', onAbort);
    sftp.end();
  }
}
