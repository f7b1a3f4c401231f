import { timingSafeEqual } from 'node:crypto';
import { createServer, type Server } from 'node:net';
import type { AuthContext, Connection, ServerChannel, Session } from 'ssh2';
import ssh2 from 'ssh2';
import type { GuestSpec } from '../guest-host.ts';
import { type BuiltinFacts, runBuiltin } from './builtin-commands.ts';
import type { FileTree } from './file-tree.ts';
import type { Remote } from './firewall-check.ts';
import { isPassword } from './password-hash.ts';
import type { ServeEngine } from './serve-engine.ts';
import { serveSftp } from './sftp-session.ts';

/** Where an engine listens on its host, under both names of the directory. */
const ENGINE_SOCKETS = ['/var/run/docker.sock', '/run/docker.sock'];

export interface SshServerOptions {
  readonly spec: GuestSpec;
  /** Private key, PEM. */
  readonly hostKey: string;
  /** As `password-hash.ts` keeps it; undefined when no password lets in. */
  readonly password: string | undefined;
  /** Lines of `authorized_keys` beside those of the VM's osProfile. */
  readonly keys: () => readonly string[];
  readonly tree: FileTree;
  readonly facts: BuiltinFacts;
  /** The engine behind the guest's own socket; undefined when none listens there. */
  readonly engine: () => ServeEngine | undefined;
  /** Whether the firewall lets a client in. */
  readonly allows: (remote: Remote) => boolean;
}

/** An SSH server that knows the VM's admin user and does next to nothing for it. Not listening yet. */
export function sshServer(options: SshServerOptions): Server {
  const ssh = new ssh2.Server({ hostKeys: [options.hostKey] });
  ssh.on('connection', (client) => {
    // Clients hang up as they like; that is no error of the guest.
    client.on('error', () => {});
    serve(client, options);
  });
  return createServer({ noDelay: true }, (socket) => {
    if (options.allows({ address: socket.remoteAddress, port: socket.remotePort })) ssh.injectSocket(socket);
    else socket.destroy();
  });
}

function serve(client: Connection, options: SshServerOptions): void {
  client.on('authentication', (context) => {
    if (mayEnter(context, options)) context.accept();
    else context.reject(options.password === undefined ? ['publickey'] : ['publickey', 'password']);
  });
  client.on('session', (accept) => serveSession(accept(), options));
  client.on('openssh.streamlocal', (accept, reject, { socketPath }) => {
    const engine = ENGINE_SOCKETS.includes(socketPath) ? options.engine() : undefined;
    if (engine === undefined) reject();
    else engine(accept());
  });
}

function serveSession(session: Session, { facts, tree, spec }: SshServerOptions): void {
  session.on('pty', (accept) => accept?.());
  session.on('env', (accept) => accept?.());
  session.on('exec', (accept, _reject, { command }) => finish(accept(), command, facts));
  session.on('shell', (accept) => finish(accept(), 'an interactive shell', facts));
  session.on('sftp', (accept) => serveSftp(accept(), tree, `/home/${spec.adminUsername}`));
}

function finish(channel: ServerChannel, command: string, facts: BuiltinFacts): void {
  const { exitCode, stdout, stderr } = runBuiltin(command, facts);
  channel.resume();
  if (stdout !== '') channel.write(stdout);
  if (stderr !== '') channel.stderr.write(stderr);
  channel.exit(exitCode);
  channel.end();
}

function mayEnter(context: AuthContext, { spec, password, keys }: SshServerOptions): boolean {
  if (context.username !== spec.adminUsername) return false;
  if (context.method === 'password') return password !== undefined && isPassword(password, context.password);
  if (context.method !== 'publickey') return false;
  return [...spec.publicKeys.map(({ keyData }) => keyData), ...keys()].some((keyData) => {
    const key = ssh2.utils.parseKey(keyData);
    if (key instanceof Error || !isSame(key.getPublicSSH(), context.key.data)) return false;
    // Without a signature the client only asks whether the key would do.
    if (context.signature === undefined || context.blob === undefined) return true;
    return key.verify(context.blob, context.signature, context.hashAlgo) === true;
  });
}

function isSame(one: Buffer, other: Buffer): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
