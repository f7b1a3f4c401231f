import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cable, layCable } from './cable.ts';
import { removeCgroups } from './cgroups.ts';
import { holderScript } from './holder-script.ts';
import type { AttachedDisk } from './data-disks.ts';
import type { GuestNames } from './names.ts';
import { findLeader } from './processes.ts';
import { systemPath } from './run-program.ts';

export interface ContainerOptions {
  readonly names: GuestNames;
  readonly imagesDirectory: string;
  readonly hostName: string;
  readonly dataDisks: readonly AttachedDisk[];
  readonly cable: Omit<Cable, 'pid' | 'veth'>;
  readonly log: (line: string) => void;
}

/** systemd's signal for an orderly power-off: SIGRTMIN+4 (systemd(1)), and SIGRTMIN is 34 with glibc. */
const powerOffSignal = 34 + 4;
const powerOffPatienceMs = 20_000;

/** One boot of a guest: the processes, mounts and network of a guest that is switched on. */
export class Container {
  readonly #options: ContainerOptions;
  readonly #holder: ChildProcess;
  readonly #ended: Promise<void>;
  #isRunning = true;

  /** Switches a guest on; resolves when its process 1 is there. */
  static async start(options: ContainerOptions): Promise<Container> {
    await disksAreFree(options);
    const output = await open(options.names.consoleLog, 'a', 0o600);
    try {
      const container = new Container(options, output.fd);
      await container.#boot().catch(async (error: unknown) => {
        await container.kill();
        const last = (await readFile(options.names.consoleLog, 'utf8')).trim().split('\n').slice(-3).join(' | ');
        throw new Error(`the guest cannot be started: ${messageOf(error)} (${last})`, { cause: error });
      });
      return container;
    } finally {
      await output.close();
    }
  }

  private constructor(options: ContainerOptions, output: number) {
    this.#options = options;
    const { names } = options;
    const unshare = [
      '--mount',
      '--net',
      '--pid',
      '--fork',
      '--kill-child=KILL',
      '--mount-proc',
      '--propagation',
      'private',
    ];
    const disks = options.dataDisks.map(({ lun, file }) => `${lun}:${file}`);
    const holder = ['sh', '-c', holderScript, 'azdock-guest', names.disk, options.imagesDirectory];
    // The guest ends with this process, even when that is killed: PR_SET_PDEATHSIG from here to the holder.
    this.#holder = spawn(
      'setpriv',
      [
        '--pdeathsig',
        'KILL',
        'unshare',
        ...unshare,
        ...holder,
        `azdock-${names.key}`,
        names.cgroup,
        options.hostName,
        ...disks,
      ],
      { stdio: ['pipe', 'pipe', output], env: { PATH: systemPath }, cwd: '/', detached: true },
    );
    this.#holder.stdin?.on('error', () => {});
    this.#ended = once(this.#holder, 'exit').then(
      () => this.#end(),
      () => this.#end(),
    );
  }

  /**
   * The guest's process 1. Waits through a reboot.
   * @throws Error when the guest is off
   */
  async leader(): Promise<number> {
    const { pid } = this.#holder;
    for (let tries = 0; this.#isRunning && pid !== undefined && tries < 600; tries += 1) {
      const leader = await findLeader(pid);
      if (leader !== undefined) return leader;
      await sleep(50);
    }
    throw new Error(this.#isRunning ? 'the guest has no process 1' : 'the guest is switched off');
  }

  /** Shuts the guest down in good order; after 20 seconds, like a power switch. */
  async powerOff(): Promise<void> {
    if (!this.#isRunning) return this.#ended;
    const leader = await this.leader().catch(() => undefined);
    if (leader !== undefined && signal(leader, powerOffSignal)) {
      const patience = new AbortController();
      await Promise.race([this.#ended, sleep(powerOffPatienceMs, undefined, patience).catch(() => {})]);
      patience.abort();
    }
    await this.kill();
  }

  /** Ends the guest like a power switch. */
  async kill(): Promise<void> {
    if (this.#isRunning && this.#holder.pid !== undefined) signal(this.#holder.pid, 'SIGKILL');
    await this.#ended;
    await disksAreFree(this.#options);
  }

  async #boot(): Promise<void> {
    const { stdout, stdin, pid } = this.#holder;
    if (stdout === null || stdin === null || pid === undefined) throw new Error('no holder process');
    await Promise.race([
      once(stdout, 'data'),
      this.#ended.then(() => {
        throw new Error('its disk or its control groups could not be set up');
      }),
    ]);
    await layCable({ ...this.#options.cable, pid, veth: this.#options.names.veth });
    stdin.end('boot\n');
    await this.leader();
  }

  async #end(): Promise<void> {
    this.#isRunning = false;
    await removeCgroups(this.#options.names.cgroup).catch((error: unknown) => this.#options.log(messageOf(error)));
  }
}

function signal(pid: number, name: number | NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

async function disksAreFree({ names, dataDisks }: ContainerOptions): Promise<void> {
  for (const file of [names.disk, ...dataDisks.map((disk) => disk.file)]) await diskIsFree(file);
}

/**
 * A disk must never be mounted twice, and the kernel lets go of it a moment after its last user has ended.
 * @throws Error when it is still in use after ten seconds
 */
async function diskIsFree(disk: string): Promise<void> {
  for (let tries = 0; await isAttached(disk); tries += 1) {
    if (tries === 200) throw new Error(`the disk ${disk} is still in use`);
    await sleep(50);
  }
}

async function isAttached(disk: string): Promise<boolean> {
  for (const device of await readdir('/sys/block')) {
    if (!device.startsWith('loop')) continue;
    const file = await readFile(`/sys/block/${device}/loop/backing_file`, 'utf8').catch(() => '');
    if (file.trim() === disk) return true;
  }
  return false;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
