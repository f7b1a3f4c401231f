import type { Client, ClientChannel, SFTPWrapper } from 'ssh2';
import { SshError } from '../errors/ssh-error.ts';
import { type ExecOptions, type ExecResult, runChannel } from './run-channel.ts';
import { type SshTarget, sshError } from './ssh-failure.ts';

export interface Upload {
  readonly content: Buffer;
  /** Absolute, on the host. */
  readonly path: string;
  /** File mode, such as `0o600`: the file has it from its first byte on. */
  readonly mode: number;
}

/** A logged-in SSH connection. Made by `connectSsh`, ended by `close`. */
export class SshSession {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The key that the host showed: `ssh-ed25519 AAAA…`. */
  readonly hostKey: string;
  readonly #client: Client;
  #failure: Error | undefined;

  constructor(client: Client, target: SshTarget, hostKey: string) {
    this.#client = client;
    this.host = target.host;
    this.port = target.port;
    this.user = target.user;
    this.hostKey = hostKey;
    client.on('error', (error) => {
      this.#failure = error;
    });
  }

  /**
   * Runs a command line in the user's login shell. An exit status other than 0 is a result, not an error.
   *
   * @throws SshError when the connection fails before the command ends; the signal's reason when aborted
   */
  async exec(command: string, options: ExecOptions): Promise<ExecResult> {
    options.signal.throwIfAborted();
    const channel = await this.#open<ClientChannel>((done) => this.#client.exec(command, done));
    const result = await runChannel(channel, options);
    if (result.code === null && result.signal === undefined) throw this.#lost();
    return result;
  }

  /**
   * Writes a file by SFTP, replacing what is there.
   *
   * @throws SshError when the host has no SFTP or refuses the file; the signal's reason when aborted
   */
  async upload(file: Upload, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const sftp = await this.#open<SFTPWrapper>((done) => this.#client.sftp(done));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    sftp.on('close', () => reject(this.#lost()));
    // The mode of an existing file would stay as it is, so it is narrowed before anything is written into it.
    sftp.chmod(file.path, file.mode, () => {
      sftp.writeFile(file.path, file.content, { mode: file.mode }, (error) => {
        if (error) reject(new SshError(`${this.host} does not take ${file.path}: ${error.message}`, { cause: error }));
        else resolve();
      });
    });
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
      sftp.end();
    }
  }

  /** Ends the connection. Commands that still run are given up. */
  close(): void {
    this.#client.end();
  }

  async #open<T>(start: (done: (error: Error | undefined, opened: T) => void) => void): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const onClose = () => reject(this.#lost());
    this.#client.once('close', onClose);
    try {
      start((error, opened) => (error ? reject(sshError(this, error)) : resolve(opened)));
      return await promise;
    } catch (error) {
      throw error instanceof SshError
        ? error
        : sshError(this, error instanceof Error ? error : new Error(String(error)));
    } finally {
      this.#client.off('close', onClose);
    }
  }

  #lost(): SshError {
    const why = this.#failure?.message ?? 'it ended before the command did';
    return new SshError(`The SSH connection to ${this.host} was lost: ${why}`, {
      failure: 'closed',
      resource: this.host,
      cause: this.#failure,
    });
  }
}
