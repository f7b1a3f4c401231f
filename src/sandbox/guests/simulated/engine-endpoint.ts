import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { DockerCertificates } from '../extensions/docker-extension-settings.ts';
import { standInEngine } from './engine-answers.ts';
import type { Remote } from './firewall-check.ts';
import { Listener } from './listener.ts';

export interface EngineEndpointOptions {
  readonly address: string;
  readonly port: number;
  readonly certificates: DockerCertificates;
  readonly hostName: string;
  /** Of a Docker engine on this computer, to forward to. */
  readonly localEngineSocket: string | undefined;
  readonly allows: (remote: Remote) => boolean;
}

/**
 * Opens a guest's engine port: TLS with the delivered certificates, for clients with a certificate of the delivered CA.
 * @throws Error when the certificates cannot be used or the port is taken
 */
export async function openEngineEndpoint(options: EngineEndpointOptions): Promise<Listener> {
  const { ca, cert, key } = options.certificates;
  const standIn = standInEngine(options.hostName);
  const server = createServer({ ca, cert, key, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' });
  server.on('connection', (socket: Socket) => {
    if (!options.allows({ address: socket.remoteAddress, port: socket.remotePort })) socket.destroy();
  });
  server.on('secureConnection', (client: TLSSocket) => {
    client.on('error', () => client.destroy());
    void forward(client, options.localEngineSocket).then((isForwarded) => {
      if (!isForwarded) standIn.emit('connection', client);
    });
  });
  return Listener.open(server, { host: options.address, port: options.port });
}

/** Byte by byte, so that attach, exec and streams work as with the engine itself. False when there is no engine. */
async function forward(client: TLSSocket, socketPath: string | undefined): Promise<boolean> {
  if (socketPath === undefined) return false;
  const engine = connect(socketPath);
  try {
    await once(engine, 'connect');
  } catch {
    return false;
  }
  engine.on('error', () => client.destroy());
  engine.on('close', () => client.destroy());
  client.on('close', () => engine.destroy());
  client.pipe(engine).pipe(client);
  return true;
}
