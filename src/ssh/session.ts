import type { Duplex } from 'node:stream';
import type { Client, ClientChannel, SFTPWrapper } from 'ssh2';
import { SshError } from '../errors/ssh-error.ts';
import { type Attachment, attachChannel, type RemoteEnd } from './attach-channel.ts';
import { openForward } from './forward.ts';
import type { ForwardSpec } from './forward-spec.ts';
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
  #isClosed = false;

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
    client.once('close', () => {
      this.#isClosed = true;
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

  /**
   * Runs a command line, or without one the login shell, with the user's own input and output.
   *
   * @throws SshError when the connection fails before the end; the signal's reason when aborted
   */
  async attach(command: string | undefined, attachment: Attachment): Promise<RemoteEnd> {
    attachment.signal.throwIfAborted();
    const { pty } = attachment;
    const end = await this.#open<ClientChannel, RemoteEnd | undefined>(
      (opened) => {
        if (command === undefined) this.#client.shell(pty ?? false, opened);
        else this.#client.exec(command, pty === undefined ? {} : { pty }, opened);
      },
      (channel) => attachChannel(channel, attachment),
    );
    if (end === undefined) throw this.#lost();
    return end;
  }

  /** Forwards connections for as long as this connection lasts. @throws SshError when that cannot be */
  async forward(spec: ForwardSpec): Promise<void> {
    await openForward(this.#client, spec);
  }

  /**
   * Connects to a Unix socket of the host, as the user that is logged in and with the groups that the login has.
   *
   * @throws SshError when the host does not connect, for which it gives no reason, or when the connection is lost
   */
  async openSocket(path: string): Promise<Duplex> {
    return this.#open<ClientChannel, Duplex>(
      (opened) => this.#client.openssh_forwardOutStreamLocal(path, opened),
      async (channel) => channel,
    );
  }

  /** True once the connection has ended. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Resolves never; rejects when the connection ends, or with the signal's reason. For sessions that only forward. */
  async untilLost(signal: AbortSignal): Promise<never> {
    signal.throwIfAborted();
    const { promise, reject } = Promise.withResolvers<never>();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    this.#client.once('close', () => reject(this.#lost()));
    return promise.finally(() => signal.removeEventListener('abort', onAbort));
  }

  /**
   * Uses SFTP, and closes it afterwards.
   *
   * @throws SshError when the host has no SFTP or the connection is lost; what `use` throws
   */
  async withSftp<T>(use: (sftp: SFTPWrapper) => Promise<T>): Promise<T> {
    return this.#open<SFTPWrapper, T>(
      (opened) => this.#client.sftp(opened),
      (sftp) => use(sftp).finally(() => sftp.end()),
    );
  }

  /** Ends the connection. Commands that still run are given up. */
  close(): void {
    this.#client.end();
  }

  /** Ends the connection without a word to the host, which may not be listening any more. */
  destroy(): void {
    this.#client.destroy();
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
      // ssh2 throws `Not connected` as soon as it cannot write any more, which may be before it tells of the end.
      this.#isClosed = true;
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
