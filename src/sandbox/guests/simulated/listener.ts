import { once } from 'node:events';
import type { Server, Socket } from 'node:net';

/** A server that listens, and that can be closed together with its connections. */
export class Listener {
  readonly #server: Server;
  readonly #sockets: Set<Socket>;

  /** @throws Error naming the place when nothing can listen there */
  static async open(server: Server, place: { readonly host: string; readonly port: number }): Promise<Listener> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.on('close', () => sockets.delete(socket));
    });
    const listening = once(server, 'listening');
    server.listen(place);
    await listening.catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`a simulated guest cannot listen on ${place.host}:${place.port}: ${reason}`, { cause: error });
    });
    return new Listener(server, sockets);
  }

  private constructor(server: Server, sockets: Set<Socket>) {
    this.#server = server;
    this.#sockets = sockets;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }
}
