import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json } from '../sandbox/raw-https.ts';
import { LeakWatch } from './leak-watch.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

export interface Result {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
}

/** Environment of a world whose VMs are systemd containers. */
export const LINUX = { AZDOCK_SANDBOX_GUESTS: 'linux' } as const;

/** What is told of an azdock that has ended, by its process. */
const watched = new WeakMap<ChildProcess, (output: string, input: string) => Promise<void>>();

/**
 * One user's world: a home, a store and a sandbox of their own, and the real program in it. In its end it looks for every secret that
 * azdock held, in all that azdock printed and left behind.
 */
export class World {
  readonly directory: string;
  readonly store: string;
  readonly sandboxDirectory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly leaks: LeakWatch;

  private constructor(directory: string, env: Readonly<Record<string, string>>) {
    this.directory = directory;
    this.store = join(directory, 'home', '.docker', 'machine');
    this.sandboxDirectory = join(directory, 'sandbox');
    this.leaks = new LeakWatch(directory, this.store);
    this.env = {
      PATH: `${join(directory, 'bin')}:${process.env['PATH']}`,
      HOME: join(directory, 'home'),
      USER: 'tester',
      LANG: 'C.UTF-8',
      CI: 'true',
      AZDOCK_SANDBOX_DIR: this.sandboxDirectory,
      AZURE_ENVIRONMENT: 'sandbox',
      NO_PROXY: '127.0.0.1,localhost',
      ...env,
    };
  }

  /**
   * A world with `azdock` on its PATH.
   * @param env further variables of every run, such as `AZDOCK_SANDBOX_GUESTS`
   */
  static async create(env: Readonly<Record<string, string>> = {}): Promise<World> {
    const directory = await mkdtemp(join(tmpdir(), 'azdock-world-'));
    for (const folder of ['bin', 'home']) await mkdir(join(directory, folder));
    await symlink(PROGRAM, join(directory, 'bin', 'azdock'));
    return new World(directory, env);
  }

  /** Starts the program; `run` waits for its end. */
  start(args: readonly string[], options: RunOptions = {}): ChildProcess {
    const env = { ...this.env, ...options.env };
    const cwd = options.cwd ?? this.directory;
    const child = spawn(process.execPath, [PROGRAM, ...args], { env, cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    watched.set(child, (output, input) => this.leaks.ran({ args, env, input, cwd, output }));
    return child;
  }

  async run(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    return collect(this.start(args, options), options.input);
  }

  /** Runs and insists on exit code 0. @returns stdout */
  async ok(args: readonly string[], options: RunOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(args, options);
    if (code !== 0) throw new Error(`azdock ${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`);
    return stdout;
  }

  /** Runs with `--json` and insists on exit code 0. */
  async json(args: readonly string[], options: RunOptions = {}): Promise<Json> {
    return JSON.parse(await this.ok([...args, '--json'], options));
  }

  /** Runs any program in this world. */
  program(program: string, args: readonly string[], options: RunOptions = {}): Promise<Result> {
    const child = spawn(program, args, {
      env: { ...this.env, ...options.env },
      cwd: options.cwd ?? this.directory,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    return collect(child, options.input);
  }

  /** A file of a machine in the store, as text. */
  file(machine: string, name: string): Promise<string> {
    return readFile(join(this.store, 'machines', machine, name), 'utf8');
  }

  /**
   * Ends the sandbox with all its guests and removes everything.
   * @throws AssertionError when a secret stands where it does not belong
   */
  async destroy(): Promise<void> {
    const leaks = await this.leaks.findings();
    await this.run(['sandbox', 'reset']);
    const down = await this.run(['sandbox', 'down']);
    await rm(this.directory, { recursive: true, force: true });
    assert.deepEqual(leaks, [], 'no secret has leaked');
    if (down.code !== 0) throw new Error(`the sandbox of this test does not go down: ${down.stderr}`);
  }
}

/** Runs any program and collects what it says. */
export async function runProgram(program: string, args: readonly string[], options: RunOptions = {}): Promise<Result> {
  const child = spawn(program, args, {
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  return collect(child, options.input);
}

/** Waits for the end of a process. */
export async function collect(child: ChildProcess, input = ''): Promise<Result> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  await once(child, 'close');
  await watched.get(child)?.(`${stdout}\n${stderr}`, input);
  return { code: child.exitCode, signal: child.signalCode, stdout, stderr };
}
