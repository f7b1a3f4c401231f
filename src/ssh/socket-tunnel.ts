import { once } from 'node:events';
import { chmodSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { joinStreams } from './join-streams.ts';
import type { SshSession } from './session.ts';
import type { SharedSession } from './shared-session.ts';

export interface SocketTunnelOptions {
  /** Where to listen: a path that is free, in a directory that nobody else may enter. */
  readonly path: string;
  readonly session: SharedSession;
  /** Connects to what it leads to. @throws when the host does not */
  readonly open: (session: SshSession) => Promise<Duplex>;
  /** Answers a client whom the host cannot be reached for. The socket is the callee's from then on. */
  readonly refuse: (socket: Socket, error: unknown) => void;
}

/** A socket of this computer, mode 0600, that leads to one of a host. */
export class SocketTunnel {
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  /** @throws Error of the system when nothing can listen at the path */
  static async open(options: SocketTunnelOptions): Promise<SocketTunnel> {
    const sockets = new Set<Socket>();
    // Half-open: what a container reads from its standard input ends before its output does.
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
      void serve(socket, options);
    });
    const listening = once(server, 'listening');
    // The socket is made in this call, and never has more rights.
    const mask = process.umask(0o177);
    try {
      server.listen(options.path);
    } finally {
      process.umask(mask);
    }
    await listening;
    chmodSync(options.path, 0o600);
    return new SocketTunnel(server, sockets);
  }

  private constructor(server: Server, sockets: Set<Socket>) {
    this.#server = server;
    this.#sockets = sockets;
  }

  /** Removes the socket and cuts the connections that go through it. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}

async function serve(socket: Socket, { session, open, refuse }: SocketTunnelOptions): Promise<void> {
  try {
    const channel = await session.open(open);
    if (socket.destroyed) channel.destroy();
    else joinStreams(socket, channel);
  } catch (error) {
    if (!socket.destroyed) refuse(socket, error);
  }
}
