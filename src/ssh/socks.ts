import { isIP, type Socket } from 'node:net';
import type { TcpEndpoint } from './forward-spec.ts';

const VERSION = 5;
const NO_AUTHENTICATION = 0;
const CONNECT = 1;
const ADDRESS_V4 = 1;
const DOMAIN_NAME = 3;
const ADDRESS_V6 = 4;
const COMMAND_NOT_SUPPORTED = 7;

/**
 * Greets a SOCKS client and reads where it wants to go (RFC 1928, SOCKS 5 without authentication). Says yes before the
 * connection is there: the client sees a failure as its end.
 *
 * @throws Error when it is no SOCKS 5 client, or wants anything but a connection
 */
export async function acceptSocks(socket: Socket): Promise<TcpEndpoint> {
  const [version, methods = 0] = await read(socket, 2);
  if (version !== VERSION) throw new Error('not a SOCKS 5 client');
  await read(socket, methods);
  socket.write(Buffer.of(VERSION, NO_AUTHENTICATION));
  const [, command, , type] = await read(socket, 4);
  if (command !== CONNECT) {
    socket.end(Buffer.of(VERSION, COMMAND_NOT_SUPPORTED, 0, ADDRESS_V4, 0, 0, 0, 0, 0, 0));
    throw new Error('a SOCKS command that is not CONNECT');
  }
  const host = await readHost(socket, type);
  const port = (await read(socket, 2)).readUInt16BE();
  socket.write(Buffer.of(VERSION, 0, 0, ADDRESS_V4, 0, 0, 0, 0, 0, 0));
  return { host, port };
}

async function readHost(socket: Socket, type: number | undefined): Promise<string> {
  if (type === ADDRESS_V4) return (await read(socket, 4)).join('.');
  if (type === DOMAIN_NAME) return (await read(socket, (await read(socket, 1))[0] ?? 0)).toString('latin1');
  if (type !== ADDRESS_V6) throw new Error('an unknown kind of address');
  const bytes = await read(socket, 16);
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16));
  const address = groups.join(':');
  if (isIP(address) !== 6) throw new Error('no IPv6 address');
  return address;
}

/** Exactly `size` bytes; what comes behind them stays in the socket. */
async function read(socket: Socket, size: number): Promise<Buffer> {
  if (size === 0) return Buffer.alloc(0);
  for (;;) {
    const chunk: unknown = socket.read(size);
    if (Buffer.isBuffer(chunk) && chunk.length === size) return chunk;
    if (socket.readableEnded || socket.destroyed || chunk !== null) throw new Error('the client has gone');
    await new Promise<void>((resolve) => {
      const go = () => {
        socket.off('readable', go).off('close', go).off('end', go);
        resolve();
      };
      socket.on('readable', go).on('close', go).on('end', go);
    });
  }
}
