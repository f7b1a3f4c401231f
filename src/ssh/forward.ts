import { connect, createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { Client, ClientChannel, TcpConnectionDetails } from 'ssh2';
import { SshError } from '../errors/ssh-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import type { Endpoint, ForwardSpec } from './forward-spec.ts';
import { joinStreams } from './join-streams.ts';
import { acceptSocks } from './socks.ts';

/** Sets a forwarding up; it lasts as long as the connection. @throws UsageError when the port is taken here, SshError when the host refuses */
export async function openForward(client: Client, spec: ForwardSpec): Promise<void> {
  if (spec.kind === 'remote') return forwardFromHost(client, spec);
  const serve = async (socket: Socket) => {
    const target = spec.kind === 'dynamic' ? await acceptSocks(socket) : spec.target;
    joinStreams(socket, await openChannel(client, target, socket));
  };
  // A connection that fails is its client's matter; the others go on.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    serve(socket).catch(() => socket.destroy());
  });
  await listen(server, spec.listen);
  client.once('close', () => server.close());
}

async function listen(server: Server, place: Endpoint): Promise<void> {
  try {
    server.listen('path' in place ? { path: place.path } : { host: place.host || undefined, port: place.port });
    await once(server, 'listening');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Nothing can be forwarded from here: ${why}`, { cause: error });
  }
}

function openChannel(client: Client, target: Endpoint, socket: Socket): Promise<ClientChannel> {
  const { promise, resolve, reject } = Promise.withResolvers<ClientChannel>();
  const opened = (error: Error | undefined, channel: ClientChannel) => (error ? reject(error) : resolve(channel));
  if ('path' in target) client.openssh_forwardOutStreamLocal(target.path, opened);
  else client.forwardOut(socket.remoteAddress ?? '127.0.0.1', socket.remotePort ?? 0, target.host, target.port, opened);
  return promise;
}

async function forwardFromHost(client: Client, spec: Extract<ForwardSpec, { kind: 'remote' }>): Promise<void> {
  const { listen: place, target } = spec;
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  client.forwardIn(place.host, place.port, (error, port) => (error ? reject(error) : resolve(port || place.port)));
  const port = await promise.catch((cause: Error) => {
    const message = `The host does not listen on port ${place.port} for us: ${cause.message}`;
    throw new SshError(message, { failure: 'other', exitCode: 255, cause });
  });
  client.on('tcp connection', (details: TcpConnectionDetails, accept, reject) => {
    if (details.destPort !== port) return;
    const place = 'path' in target ? { path: target.path } : { host: target.host, port: target.port };
    const socket = connect({ ...place, allowHalfOpen: true });
    socket.once('error', reject);
    socket.on('error', () => socket.destroy());
    socket.once('connect', () => {
      socket.off('error', reject);
      joinStreams(socket, accept());
    });
  });
}
