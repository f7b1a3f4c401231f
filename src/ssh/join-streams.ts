import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Two streams become one connection: what one sends the other gets, be it the end of what it has to say. */
export function joinStreams(socket: Socket, channel: Duplex): void {
  socket.pipe(channel).pipe(socket);
  channel.on('error', () => socket.destroy());
  channel.on('close', () => socket.destroySoon());
  socket.on('close', () => channel.destroy());
}
