import { once } from 'node:events';
import { request } from 'node:https';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import ssh2 from 'ssh2';
import type { CertificateSet } from './certificates.ts';

export interface Login {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly privateKey?: string;
  readonly password?: string;
}

/** An SSH connection that is closed with `using`, and the key that the host showed. */
export async function openSsh(login: Login): Promise<{ client: ssh2.Client; hostKey: string } & Disposable> {
  const client = new ssh2.Client();
  let hostKey = '';
  const ready = once(client, 'ready');
  client.connect({
    ...login,
    readyTimeout: 15_000,
    hostVerifier: (key: Buffer) => {
      hostKey = key.toString('base64');
      return true;
    },
  });
  await ready;
  // Guests are switched off while connections are open.
  client.on('error', () => {});
  return { client, hostKey, [Symbol.dispose]: () => client.destroy() };
}

/** Runs one command over SSH. */
export async function runOverSsh(
  login: Login,
  command: string,
): Promise<{ code: number; output: string; hostKey: string }> {
  using connection = await openSsh(login);
  return await new Promise((resolve, reject) => {
    connection.client.exec(command, (error, channel) => {
      if (error) return reject(error);
      let output = '';
      channel.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
      channel.stderr.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
      channel.on('close', (code: number | null) => resolve({ code: code ?? -1, output, hostKey: connection.hostKey }));
    });
  });
}

/** True when a TCP connection comes about and stays for a moment; a guest may hang up, or never answer. */
export async function isOpen(host: string, port: number, localAddress?: string): Promise<boolean> {
  const socket = connect({ host, port, ...(localAddress === undefined ? {} : { localAddress }) });
  socket.on('error', () => {});
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(1_500) });
    const hungUp = once(socket, 'close').then(() => false);
    return await Promise.race([hungUp, sleep(300, true)]);
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** Asks an engine over mutual TLS. */
export async function askEngine(
  target: { readonly host: string; readonly port: number; readonly path: string; readonly method?: string },
  certificates: CertificateSet,
  client: { readonly cert?: string; readonly key?: string } = certificates.client,
): Promise<{ status: number; body: string }> {
  const { cert, key } = client;
  const outgoing = request({
    ...target,
    ca: certificates.ca.cert,
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    agent: false,
    timeout: 15_000,
  });
  outgoing.end();
  const [response] = await once(outgoing, 'response');
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  return { status: response.statusCode, body: Buffer.concat(chunks).toString() };
}
