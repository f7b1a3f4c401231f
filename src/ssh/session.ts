import type { Client, ClientChannel, SFTPWrapper } from 'ssh2';
import { SshError } from '../errors/ssh-error.ts';
import { type ExecOptions, type ExecResult, runChannel } from './run-channel.ts';
import { type SshTarget, sshError } from './ssh-failure.ts';
import { type Upload, writeFile } from './write-file.ts';

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
    // Each command that runs listens for the end of the connection.
    client.setMaxListeners(0);
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
    const result = await this.#open<ClientChannel, ExecResult>(
      (opened) => this.#client.exec(command, opened),
      (channel) => runChannel(channel, options),
    );
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
    await this.#open<SFTPWrapper, void>(
      (opened) => this.#client.sftp(opened),
      (sftp) =>
        writeFile(sftp, file, signal).catch((error: unknown) => {
          if (signal.aborted) throw signal.reason;
          const why = error instanceof Error ? error.message : String(error);
          throw new SshError(`${this.host} does not take ${file.path}: ${why}`, { resource: this.host, cause: error });
        }),
    );
  }

  /** Ends the connection. Commands that still run are given up. */
  close(): void {
    this.#client.end();
  }

  /**
   * Opens a channel and uses it. `use` is called at once when the channel opens: what the host sends right behind its consent
   * would be missed by listeners that come a moment later.
   */
  async #open<T, R>(
    start: (opened: (error: Error | undefined, channel: T) => void) => void,
    use: (channel: T) => Promise<R>,
  ): Promise<R> {
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    const onClose = () => reject(this.#lost());
    this.#client.once('close', onClose);
    try {
      start((error, channel) => {
        if (error) reject(sshError(this, error));
        else use(channel).then(resolve, reject);
      });
    } catch (error) {
      reject(sshError(this, error instanceof Error ? error : new Error(String(error))));
    }
    return promise.finally(() => this.#client.off('close', onClose));
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
