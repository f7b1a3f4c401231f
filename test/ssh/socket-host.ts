import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import ssh2 from 'ssh2';
import { Secret } from '../../src/secret/secret.ts';
import { generateSshKeyPair } from '../../src/ssh/keys.ts';
import { newKeyPair } from './key-pair.ts';

/** An SSH server of the package ssh2 that connects to sockets of this computer. It knows one user, `docker-user`. */
export interface SocketHost {
  readonly folder: string;
  readonly port: number;
  readonly user: string;
  readonly privateKey: Secret;
  /** What it says to a request for a channel: connect, refuse, or nothing. */
  manner: 'connect' | 'refuse' | 'silent';
  /** How many have logged in so far. */
  readonly logins: number;
  /** Its public key, `TYPE BASE64`. */
  readonly hostKey: string;
  /** Ends all connections, as a reboot does. */
  drop(): void;
  /** Does not listen any more. */
  close(): Promise<void>;
  /** Listens again at the same port, with another key if that is wanted. */
  listen(hostKey?: string): Promise<void>;
}

/** The public half of a key as it is pinned. */
export function publicKeyOf(pem: string): string {
  const key = ssh2.utils.parseKey(pem);
  if (key instanceof Error) throw key;
  return `${key.type} ${key.getPublicSSH().toString('base64')}`;
}

export async function startSocketHost(test: TestContext): Promise<SocketHost> {
  const folder = mkdtempSync(join(tmpdir(), 'azdock-tunnel-'));
  const { privateKey, publicKey } = await generateSshKeyPair();
  const allowed = ssh2.utils.parseKey(publicKey);
  if (allowed instanceof Error) throw allowed;
  let key = newKeyPair().private;
  let server: Server | undefined;
  let port = 0;
  const sockets = new Set<Socket>();
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  const close = async () => {
    drop();
    if (server === undefined) return;
    const closed = once(server, 'close');
    server.close();
    await closed;
    server = undefined;
  };
  const host = {
    folder,
    user: 'docker-user',
    privateKey: new Secret(privateKey.reveal()),
    manner: 'connect' as SocketHost['manner'],
    logins: 0,
    get port() {
      return port;
    },
    get hostKey() {
      return publicKeyOf(key);
    },
    drop,
    close,
    async listen(hostKey?: string) {
      key = hostKey ?? key;
      const ssh = new ssh2.Server({ hostKeys: [key] }, (client) => {
        client.on('error', () => {});
        client.on('authentication', (context) => {
          const isKnown = context.method === 'publickey' && context.key.data.equals(allowed.getPublicSSH());
          if (isKnown && context.username === 'docker-user') context.accept();
          else context.reject(['publickey']);
        });
        client.on('ready', () => {
          host.logins += 1;
        });
        client.on('openssh.streamlocal', (accept, reject, { socketPath }) => {
          if (host.manner === 'silent') return;
          if (host.manner === 'refuse') return reject();
          const target = connect({ path: socketPath, allowHalfOpen: true });
          target.once('error', () => reject());
          target.once('connect', () => {
            const channel = accept();
            channel.on('error', () => target.destroy());
            target.pipe(channel).pipe(target);
          });
        });
      });
      const listening = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => sockets.delete(socket));
        ssh.injectSocket(socket);
      });
      listening.listen(port, '127.0.0.1');
      await once(listening, 'listening');
      server = listening;
      port = (listening.address() as AddressInfo).port;
    },
  };
  await host.listen();
  test.after(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });
  return host;
}
