import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { assertTame } from './judge.ts';

export interface AzdockQuestion {
  readonly argv: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The name it is called by. */
  readonly program: string;
}

export interface AzdockAnswer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
  readonly rssMiB: number;
}

const PROGRAM = fileURLToPath(new URL('./azdock-process.ts', import.meta.url));
/** Nothing here has to wait for anything: whoever takes that long hangs. */
const MOST_MS = 20_000;
/** Of V8's heap: ten times what azdock takes. */
const MOST_HEAP_MIB = 512;

/**
 * The whole of azdock, with as many command lines as wanted for one start-up. It is ended with an error when it hangs, takes too much
 * memory, or dies.
 */
export class AzdockInOneProcess {
  #child: ChildProcess | undefined;
  readonly #base: Omit<AzdockQuestion, 'argv'>;

  constructor(base: Omit<AzdockQuestion, 'argv'>) {
    this.#base = base;
  }

  async run(argv: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<AzdockAnswer> {
    const child = await this.#start();
    const { promise, resolve, reject } = Promise.withResolvers<AzdockAnswer>();
    const fail = (why: string) => reject(new Error(`azdock ${JSON.stringify(argv)} ${why}`));
    const onExit = (code: number | null, signal: string | null) => fail(`died (${code ?? signal})`);
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`is still at it after ${MOST_MS} ms`);
    }, MOST_MS);
    child.once('message', resolve);
    child.once('exit', onExit);
    const { environment } = this.#base;
    child.send({ ...this.#base, environment: { ...environment, ...more }, argv });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      child.off('message', resolve).off('exit', onExit);
    }
  }

  /** Runs, and insists that azdock knows what it met, and that nothing steers the terminal: what is meant for people, and JSON. */
  async runWell(argv: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<AzdockAnswer> {
    const answer = await this.run(argv, more);
    const what = `azdock ${JSON.stringify(argv)}`;
    assert.doesNotMatch(answer.stderr + answer.stdout, /This is a bug in azdock|"code": "bug"/, what);
    assertTame(answer.stderr, `stderr of ${what}`);
    return answer;
  }

  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async #start(): Promise<ChildProcess> {
    if (this.#child !== undefined && this.#child.exitCode === null && this.#child.signalCode === null)
      return this.#child;
    const child = fork(PROGRAM, [], {
      execArgv: [`--max-old-space-size=${MOST_HEAP_MIB}`],
      // A memory of its own: nothing of the test's environment reaches azdock but through its question.
      env: { PATH: process.env['PATH'] },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    await once(child, 'message');
    return child;
  }
}
