import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { dirname } from 'node:path';

/** Conditions for tests that use a {@link ScratchHost}. */
export const scratchHostNeeds = [
  { what: 'root on Linux', met: process.platform === 'linux' && process.getuid?.() === 0 },
  'unshare',
  'nsenter',
  'chroot',
] as const;

/** Writes down how it was called, one line a call. Every stand-in on the scratch host begins with this. */
const RECORD = '#!/bin/sh\necho "$(basename "$0") $*" >>/calls\n';

/** Keeps what systemd would have loaded, so that `show` changes only after `daemon-reload`. */
const SYSTEMCTL = `${RECORD}
drop_in=/etc/systemd/system/docker.service.d/10-machine.conf
case "$1" in
  daemon-reload) cp "$drop_in" /loaded ;;
  show) cat /loaded 2>/dev/null || echo nothing ;;
  restart) [ ! -e /broken ] || exit 1 ;;
esac
`;

/**
 * This computer's own files, copied on write into memory and seen by the script only, with stand-ins for the programs that would reach
 * beyond files: `systemctl`, `docker`, `usermod`, `sleep` and others. The engine's port is a real listener of the test.
 */
export class ScratchHost {
  readonly port: number;
  readonly #root: string;
  readonly #holder: ChildProcess;
  readonly #listener: Server;
  readonly #running = new Set<ChildProcess>();

  private constructor(holder: ChildProcess, listener: Server, port: number) {
    this.#holder = holder;
    this.#listener = listener;
    this.port = port;
    this.#root = `/proc/${holder.pid}/root/mnt/root`;
  }

  static async create(): Promise<ScratchHost> {
    const listener = createServer().listen(0, '0.0.0.0');
    await once(listener, 'listening');
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new TypeError('no port');
    // The holder ends with its standard input, so that nothing stays behind when the test is killed.
    const setUp = `set -e
      mount -t tmpfs tmpfs /mnt
      mkdir /mnt/upper /mnt/work /mnt/root
      mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
      mount --rbind /proc /mnt/root/proc
      mount --rbind /dev /mnt/root/dev
      rm -rf /mnt/root/etc/docker /mnt/root/etc/systemd/system/docker.service.d /mnt/root/var/lib/azdock /mnt/root/var/log/azdock
      echo up
      exec cat`;
    const holder = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', setUp], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(holder.stdout, 'data');
    const host = new ScratchHost(holder, listener, address.port);
    await Promise.all([
      host.program('systemctl', SYSTEMCTL),
      ...['docker', 'docker-compose', 'usermod', 'journalctl', 'sleep', 'apt-get', 'cloud-init'].map((name) =>
        host.program(name, RECORD),
      ),
      host.program('dockerd', RECORD),
    ]);
    return host;
  }

  /** Puts a program where the script finds it before any other of that name. */
  async program(name: string, text: string, folder = '/usr/local/sbin'): Promise<void> {
    await this.write(`${folder}/${name}`, text);
    await chmod(`${this.#root}${folder}/${name}`, 0o755);
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(this.#root + path), { recursive: true });
    await writeFile(this.#root + path, text);
  }

  read(path: string): Promise<string> {
    return readFile(this.#root + path, 'utf8');
  }

  /** Permission bits, octal. */
  async mode(path: string): Promise<string> {
    return ((await stat(this.#root + path)).mode & 0o777).toString(8);
  }

  /** Calls of stand-ins since the last time this was asked, without `show` and `sleep`. */
  async calls(): Promise<string[]> {
    const text = await this.read('/calls').catch(() => '');
    await this.write('/calls', '');
    return text.split('\n').filter((line) => line !== '' && !/^systemctl show|^sleep/.test(line));
  }

  /** Words to put before a command so that it runs on the host. */
  get prefix(): string[] {
    return ['nsenter', '--mount', `--target=${this.#holder.pid}`, 'chroot', '/mnt/root'];
  }

  /** Feeds a script to a shell, as the SSH provisioner does. */
  async run(script: string, shell = 'sh'): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const child = spawn('env', [...this.prefix, shell, '-s'], { stdio: 'pipe' });
    this.#running.add(child);
    child.once('close', () => this.#running.delete(child));
    const result: { code: number | null; stdout: string; stderr: string } = { code: null, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      result.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      result.stderr += chunk;
    });
    child.stdin.end(script);
    [result.code] = await once(child, 'close');
    return result;
  }

  async close(): Promise<void> {
    for (const child of this.#running) child.kill('SIGKILL');
    const exited = once(this.#holder, 'exit');
    this.#holder.stdin?.end();
    await exited;
    this.#listener.close();
  }
}
