import type { Socket } from 'node:net';
import { TUNNEL_SERVER } from '../../engine/ask-socket.ts';

/** How long a client may take to hear that it will not be served, in milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * Tells a Docker client why its engine cannot be reached, as the engine itself tells what is wrong (Docker Engine API, "Errors"): docker
 * prints the message. An answer is only read by who has asked, so the first words of the client are awaited.
 */
export function refuseClient(socket: Socket, message: string): void {
  const body = `${JSON.stringify({ message })}\n`;
  const answer = [
    'HTTP/1.1 503 Service Unavailable',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    `Server: ${TUNNEL_SERVER}`,
    '',
    body,
  ].join('\r\n');
  socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  socket.once('data', () => socket.end(answer));
  // A socket that is closed with something unread in it loses what was written, too.
  socket.on('data', () => {});
  socket.once('end', () => socket.end());
}
