import { spawn } from 'node:child_process';
import { SandboxError } from '../errors/sandbox-error.ts';

export interface SandboxStart {
  /** Path of azdock's own program. */
  readonly entry: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/**
 * Runs `azdock sandbox up` and waits for it: it ends as soon as the sandbox answers.
 * @throws SandboxError with what it said, when it fails
 */
export async function startSandbox({ entry, environment, signal }: SandboxStart): Promise<void> {
  const child = spawn(process.execPath, [entry, 'sandbox', 'up'], {
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
    windowsHide: true,
    signal,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  // Not `close`: the sandbox that was started may keep stderr open.
  child.once('exit', resolve);
  const code = await promise.catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new SandboxError('The sandbox could not be started.', { cause });
  });
  child.stderr.destroy();
  if (code !== 0) {
    throw new SandboxError('The sandbox could not be started.', {
      details: said.trim().split('\n').slice(-20),
      nextSteps: [{ label: 'See why', command: 'azdock sandbox up --debug' }],
    });
  }
}
