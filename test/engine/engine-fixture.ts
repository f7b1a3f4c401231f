import { createServer, type ServerOptions } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import { createServer as createTlsServer } from 'node:tls';
import { createCa, createClientCertificate, createServerCertificate } from '../../src/certs/create-certificates.ts';
import type { CertificateWithKey } from '../../src/certs/sign-certificate.ts';
import type { EngineCredentials } from '../../src/engine/endpoint.ts';

export const now = new Date();
/** So long ago that a certificate of then has expired. */
export const longAgo = new Date(now.getTime() - 1081 * 86_400_000);
export const tomorrow = new Date(now.getTime() + 86_400_000);

export function credentialsOf(ca: { cert: string }, client: CertificateWithKey): EngineCredentials {
  return { ca: ca.cert, cert: client.cert, key: client.key };
}

export const ca = await createCa({ user: 'tester', now });
export const otherCa = await createCa({ user: 'tester', now });
export const client = await createClientCertificate({ user: 'tester', now, ca });
export const good = credentialsOf(ca, client);

export function serverCertificate(
  options: { ca?: CertificateWithKey; now?: Date; names?: readonly string[] } = {},
): Promise<CertificateWithKey> {
  return createServerCertificate({
    user: 'tester',
    name: 'dev',
    names: ['127.0.0.1', 'localhost'],
    now,
    ca,
    ...options,
  });
}

export interface FakeEngine {
  readonly port: number;
  readonly requests: string[];
  /** Shows another certificate from now on. */
  show(certificate: CertificateWithKey): void;
}

/** What a Docker engine says to the few requests that azdock sends. It demands a client certificate of `ca`. */
export async function startEngine(
  test: TestContext,
  certificate: CertificateWithKey,
  options: ServerOptions & { status?: number; version?: string | undefined } = {},
): Promise<FakeEngine> {
  const answers: Record<string, unknown> = {
    '/version': {
      Version: 'version' in options ? options.version : '28.2.2',
      ApiVersion: '1.50',
      MinAPIVersion: '1.24',
      Os: 'linux',
      Arch: 'amd64',
    },
    '/info': { Name: 'dev', Driver: 'overlay2', ContainersRunning: 2, Labels: ['provider=azure'] },
  };
  const requests: string[] = [];
  const { cert, key } = certificate;
  const trust = { ca: ca.cert, requestCert: true, rejectUnauthorized: true };
  const server = createServer({ cert, key: key.reveal(), ...trust, ...options }, (request, response) => {
    const path = (request.url ?? '').replace(/^\/v[\d.]+/, '');
    requests.push(`${request.method} ${path}`);
    const body = path === '/_ping' ? 'OK' : JSON.stringify(answers[path] ?? { message: 'page not found' });
    response.statusCode = options.status ?? (path === '/_ping' || path in answers ? 200 : 404);
    response.setHeader('Api-Version', '1.50');
    response.setHeader('Content-Type', path === '/_ping' ? 'text/plain' : 'application/json');
    response.end(body);
  });
  const port = await listening(test, server);
  test.after(() => server.closeAllConnections());
  return {
    port,
    requests,
    show: (next) => server.setSecureContext({ ...trust, cert: next.cert, key: next.key.reveal() }),
  };
}

/** A TCP server that treats each connection as told. */
export async function startTcp(test: TestContext, treat: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    treat(socket);
  });
  test.after(() => {
    for (const socket of sockets) socket.destroy();
  });
  return listening(test, server);
}

/** An engine's port where each connection is treated as told once it has asked for something. */
export async function startTls(
  test: TestContext,
  { cert, key }: CertificateWithKey,
  treat: (socket: Socket) => void,
): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createTlsServer({ cert, key: key.reveal(), ca: ca.cert, requestCert: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => treat(socket));
  });
  test.after(() => {
    for (const socket of sockets) socket.destroy();
  });
  return listening(test, server);
}

/** A port where nobody listens. */
export async function freePort(test: TestContext): Promise<number> {
  const server = createTcpServer();
  const port = await listening(test, server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(test: TestContext, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  test.after(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}
