import { spawn } from 'node:child_process';

/** Where programs of the operating system live, on hosts and in guests alike. */
export const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly stdin?: string | Buffer;
  /** Added to PATH, HOME and LANG; nothing else is inherited. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The program and its children are killed after this time. @defaultValue 120000 */
  readonly timeoutMs?: number;
}

export interface ProgramOutcome {
  /** 128 plus the signal's number when a signal ended it, as shells count; 124 when it took too long. */
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

const defaultTimeoutMs = 120_000;

/** Runs a program to its end. Rejects only when it cannot be started. */
export function runProgram(call: ProgramCall): Promise<ProgramOutcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(call.program, call.args, {
      env: { PATH: systemPath, HOME: '/root', LANG: 'C.UTF-8', ...call.environment },
      cwd: '/',
      // A group of its own: a time-out must reach what the program started, too.
      detached: true,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      if (child.pid !== undefined) killGroup(child.pid);
    }, call.timeoutMs ?? defaultTimeoutMs);
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`${call.program} cannot be run: ${error.message}`, { cause: error }));
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const exitCode = late ? 124 : (code ?? (signal === 'SIGKILL' ? 137 : 143));
      resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) });
    });
    // A program may end without reading all of its input.
    child.stdin.on('error', () => {});
    child.stdin.end(call.stdin ?? '');
  });
}

/**
 * Runs a program that has to succeed.
 * @returns its standard output
 * @throws Error with the program's last words
 */
export async function requireProgram(call: ProgramCall): Promise<string> {
  const outcome = await runProgram(call);
  if (outcome.exitCode === 0) return outcome.stdout.toString();
  const words = outcome.stderr.toString().trim() || outcome.stdout.toString().trim();
  throw new Error(`${[call.program, ...call.args].join(' ')} failed (exit code ${outcome.exitCode}): ${words}`);
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in the meantime.
  }
}
