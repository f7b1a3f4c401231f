import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { downSandbox, readOperations, resetSandbox } from '../src/sandbox/client.ts';

/** One long-running operation, as the sandbox's control API gives it (docs/sandbox.md). */
interface Operation {
  readonly target: string;
  readonly durationMs: number;
}

export interface Creation {
  readonly elapsedMs: number;
  /** The least that Azure itself needs: nothing that waits on nothing counts twice. */
  readonly criticalPathMs: number;
}

export interface CreationRun {
  readonly program: string;
  readonly directory: string;
  /** Of the recorded latencies. */
  readonly factor: number;
  /** Machines that are made by one command. */
  readonly count: number;
}

/**
 * Creates machines on a sandbox with the recorded latencies times `factor`, and reads from the sandbox how long its operations
 * took. The critical path is the slowest of firewall, network and public IP, then the NIC, the VM and the extension; of several
 * machines, the slowest of each.
 */
export async function measureCreation({ program, directory, factor, count }: CreationRun): Promise<Creation> {
  const sandbox = join(directory, 'sandbox');
  const env = {
    ...process.env,
    HOME: directory,
    MACHINE_STORAGE_PATH: join(directory, 'store'),
    AZDOCK_SANDBOX_DIR: sandbox,
    AZDOCK_SANDBOX_GUESTS: 'simulated',
    AZDOCK_SANDBOX_LATENCY: `recorded:${factor}`,
    AZURE_ENVIRONMENT: 'sandbox',
    NO_PROXY: '127.0.0.1',
    CI: 'true',
  };
  const run = async (...args: string[]): Promise<number> => {
    const startedMs = performance.now();
    const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
    await once(child, 'close');
    if (child.exitCode !== 0) throw new Error(`azdock ${args.join(' ')} ended with ${child.exitCode}`);
    return performance.now() - startedMs;
  };
  try {
    await run('sandbox', 'up');
    const elapsedMs = await run(
      'create',
      '--progress',
      'none',
      ...(count === 1 ? [] : ['--count', String(count)]),
      'bench',
    );
    const operations = parseOperations(await readOperations(sandbox));
    return { elapsedMs, criticalPathMs: criticalPath(operations) };
  } finally {
    await resetSandbox(sandbox);
    await downSandbox(sandbox);
  }
}

function criticalPath(operations: readonly Operation[]): number {
  const longest = (...types: string[]): number =>
    Math.max(
      0,
      ...operations.filter(({ target }) => types.includes(typeOf(target))).map(({ durationMs }) => durationMs),
    );
  return (
    longest('networksecuritygroups', 'virtualnetworks', 'publicipaddresses') +
    longest('networkinterfaces') +
    longest('virtualmachines') +
    longest('extensions')
  );
}

/** The type at the end of an ARM id: `…/virtualMachines/NAME/extensions/NAME` is `extensions`. */
function typeOf(id: string): string {
  return id.split('/').at(-2)?.toLowerCase() ?? '';
}

function parseOperations(answer: unknown): Operation[] {
  if (!Array.isArray(answer)) throw new TypeError('the sandbox lists no operations');
  return answer.map(({ target, durationMs }) => ({ target: String(target), durationMs: Number(durationMs) }));
}
