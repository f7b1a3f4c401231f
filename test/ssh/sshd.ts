import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import type { Secret } from '../../src/secret/secret.ts';
import { generateSshKeyPair } from '../../src/ssh/keys.ts';

const run = promisify(execFile);

/** A real OpenSSH server on loopback with its own host keys, which lets the current user in with one key. */
export interface TestSshd {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly privateKey: Secret;
  readonly folder: string;
  /** Public host keys without comment, by type as `ssh-keygen -t` names it. */
  hostKey(type: 'ed25519' | 'rsa' | 'ecdsa'): Promise<string>;
  /** `prefix`: words of a command that runs the server elsewhere, in a namespace say. */
  start(prefix?: readonly string[]): Promise<void>;
  stop(): Promise<void>;
  /** Stops it and removes its folder. */
  close(): Promise<void>;
}

/** Prepares a server with host keys of these types. It runs only after `start`. */
export async function prepareSshd(types: readonly string[] = ['ed25519', 'ecdsa', 'rsa']): Promise<TestSshd> {
  const folder = await mkdtemp(join(tmpdir(), 'azdock-sshd-'));
  const [pair, port] = await Promise.all([generateSshKeyPair(), freePort()]);
  const path = (name: string) => join(folder, name);
  await Promise.all([
    writeFile(path('authorized_keys'), pair.publicKey, { mode: 0o600 }),
    ...types.map((type) => run('ssh-keygen', ['-q', '-N', '', '-t', type, '-f', path(type)])),
  ]);
  const lines = [
    ...types.map((type) => `HostKey ${path(type)}`),
    'ListenAddress 127.0.0.1',
    `AuthorizedKeysFile ${path('authorized_keys')}`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'PermitRootLogin prohibit-password',
    'Subsystem sftp internal-sftp',
    'PidFile none',
  ];
  await writeFile(path('config'), `${lines.join('\n')}\n`);
  // OpenSSH of Debian wants it when it runs as root.
  await mkdir('/run/sshd', { recursive: true, mode: 0o755 }).catch(() => {});
  let server: ChildProcess | undefined;

  const stop = async () => {
    if (server === undefined || server.exitCode !== null) return;
    const exited = once(server, 'exit');
    server.kill();
    await exited;
    server = undefined;
  };
  return {
    host: '127.0.0.1',
    port,
    user: userInfo().username,
    privateKey: pair.privateKey,
    folder,
    hostKey: async (type) => (await readFile(path(`${type}.pub`), 'utf8')).split(' ').slice(0, 2).join(' '),
    async start(prefix = []) {
      const words = [...prefix, '/usr/sbin/sshd', '-D', '-e', '-p', String(port), '-f', path('config')];
      const started = spawn('env', words, { stdio: ['ignore', 'ignore', 'pipe'] });
      server = started;
      for await (const line of createInterface({ input: started.stderr })) if (line.includes('listening on')) break;
      started.stderr.resume();
    },
    stop,
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A loopback port that nothing listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return address.port;
}
