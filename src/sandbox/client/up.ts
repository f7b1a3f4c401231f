import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { realClock } from '../clock.ts';
import { type Discovery, isProcessAlive, readDiscovery } from '../discovery.ts';
import { isLocked, tryLock } from '../process/process-lock.ts';
import { callControl, SandboxFailure } from './call-control.ts';

export interface UpOptions {
  readonly directory: string;
  /** Program and arguments of the process that serves: it must call `serveSandbox` for this directory. */
  readonly command: readonly [string, ...string[]];
  /** Its environment. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** @defaultValue 60 000, in milliseconds */
  readonly deadlineMs?: number;
}

export interface UpResult {
  readonly discovery: Discovery;
  /** False when the sandbox was up already, or somebody else was starting it. */
  readonly started: boolean;
}

/** Pause between two looks at the directory, in milliseconds. */
const pauseMs = 50;
const defaultDeadlineMs = 60_000;
/** How much of the log an error shows. */
const shownLogLines = 10;

/** The directory's sandbox when it answers; `undefined` when it is down. */
export async function findRunning(directory: string): Promise<Discovery | undefined> {
  const discovery = await readDiscovery(directory);
  if (!discovery || !isProcessAlive(discovery.pid)) return undefined;
  return callControl(discovery, 'GET', 'status').then(
    () => discovery,
    () => undefined,
  );
}

/**
 * Starts the sandbox as a process of its own, unless it is up, and waits until it answers. Of several that start it at the
 * same moment, one does and all get the same.
 *
 * @throws SandboxFailure with the end of its log when it does not come up
 */
export async function upSandbox(options: UpOptions): Promise<UpResult> {
  const { directory, signal } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const deadline = realClock.nowMs() + (options.deadlineMs ?? defaultDeadlineMs);
  const lock = join(directory, 'up.lock');
  for (;;) {
    const running = await findRunning(directory);
    if (running) return { discovery: running, started: false };
    const unlock = await tryLock(lock);
    if (unlock) {
      try {
        return await start(options, deadline);
      } finally {
        await unlock();
      }
    }
    if (realClock.nowMs() > deadline) throw notUp(directory, 'another process that starts it does not get on');
    await realClock.sleep(pauseMs, signal);
  }
}

async function start(options: UpOptions, deadline: number): Promise<UpResult> {
  const { directory, signal } = options;
  // Somebody may have started it between the look and the lock; one that is going down still has the serving lock.
  const serving = join(directory, 'sandbox.lock');
  while (await isLocked(serving)) {
    const running = await findRunning(directory);
    if (running) return { discovery: running, started: false };
    if (realClock.nowMs() > deadline) throw notUp(directory, 'an earlier one neither answers nor ends');
    await realClock.sleep(pauseMs, signal);
  }
  const child = launch(options);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, name) => resolve(`it ended with ${name ?? `status ${code}`}`));
  });
  for (;;) {
    const running = await findRunning(directory);
    if (running) {
      child.unref();
      return { discovery: running, started: true };
    }
    const reason = await Promise.race([ended, realClock.sleep(pauseMs, signal).then(() => undefined)]);
    if (reason !== undefined) throw notUp(directory, reason);
    if (realClock.nowMs() > deadline) {
      child.kill('SIGTERM');
      throw notUp(directory, 'it did not answer in time');
    }
  }
}

function launch({ directory, command, environment }: UpOptions) {
  const log = openSync(join(directory, 'sandbox.log'), 'a', 0o600);
  try {
    const [program, ...words] = command;
    return spawn(program, words, { detached: true, stdio: ['ignore', log, log], env: environment, windowsHide: true });
  } finally {
    closeSync(log);
  }
}

function notUp(directory: string, reason: string): SandboxFailure {
  const path = join(directory, 'sandbox.log');
  let end = '';
  try {
    end = readFileSync(path, 'utf8').trimEnd().split('\n').slice(-shownLogLines).join('\n');
  } catch {
    // There is no log yet: the reason says enough.
  }
  return new SandboxFailure(`The sandbox did not start: ${reason}.${end === '' ? '' : `\n${path} ends:\n${end}`}`);
}
