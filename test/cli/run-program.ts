import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface ProgramRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProgramInput {
  readonly environment?: Record<string, string>;
  readonly input?: string;
  /** Called with each piece of stdout. */
  readonly onOutput?: (text: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** A small program of the real base command on the real oclif. */
export const PROGRAM = fileURLToPath(new URL('./fixtures/program.ts', import.meta.url));

/** Runs a program of ours with an environment that holds nothing but what is given. */
export function runProgram(entry: string, args: readonly string[], given: ProgramInput = {}): Promise<ProgramRun> {
  const child = spawn(process.execPath, [entry, ...args], { env: { HOME: '/home/u', ...given.environment } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    given.onOutput?.(text, (signal) => child.kill(signal));
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => {}).end(given.input ?? '');
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
