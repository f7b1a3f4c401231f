import type { Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import type { DockerCertificates } from '../extensions/docker-extension-settings.ts';
import type { Remote } from './firewall-check.ts';
import { Listener } from './listener.ts';
import type { ServeEngine } from './serve-engine.ts';

export interface EngineEndpointOptions {
  readonly address: string;
  readonly port: number;
  readonly certificates: DockerCertificates;
  readonly serve: ServeEngine;
  readonly allows: (remote: Remote) => boolean;
}

/**
 * Opens a guest's engine port: TLS with the delivered certificates, for clients with a certificate of the delivered CA.
 * @throws Error when the certificates cannot be used or the port is taken
 */
export async function openEngineEndpoint(options: EngineEndpointOptions): Promise<Listener> {
  const { ca, cert, key } = options.certificates;
  const server = createServer({ ca, cert, key, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' });
  server.on('connection', (socket: Socket) => {
    if (!options.allows({ address: socket.remoteAddress, port: socket.remotePort })) socket.destroy();
  });
  server.on('secureConnection', (client: TLSSocket) => options.serve(client));
  return Listener.open(server, { host: options.address, port: options.port });
}
