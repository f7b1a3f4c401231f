import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface Run {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs Node with these arguments and gives the whole process's wall time in milliseconds. @throws Error when it fails */
export async function wallMs({ args, env }: Run): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, args, { stdio: 'ignore', env: { ...process.env, ...env } });
  await once(child, 'close');
  const elapsedMs = performance.now() - startedMs;
  if (child.exitCode !== 0) throw new Error(`node ${args.join(' ')} ended with ${child.exitCode ?? child.signalCode}`);
  return elapsedMs;
}

/** Peak memory of one run in MiB, as the operating system counts it at the process's end. */
export async function peakMiB({ args, env }: Run): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'azdock-bench-'));
  const hook = join(folder, 'hook.mjs');
  const report = join(folder, 'peak');
  writeFileSync(
    hook,
    `import { writeFileSync } from 'node:fs';
     process.on('exit', () => writeFileSync(${JSON.stringify(report)}, String(process.resourceUsage().maxRSS)));`,
  );
  try {
    await wallMs({ args: ['--import', pathToFileURL(hook).href, ...args], ...(env === undefined ? {} : { env }) });
    return Number(readFileSync(report, 'utf8')) / 1024;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two commands in turn, A B A B …, after one run of each that does not count. @returns medians in milliseconds, and the median of A/B */
export async function compare(a: Run, b: Run, times: number): Promise<{ aMs: number; bMs: number; ratio: number }> {
  await wallMs(a);
  await wallMs(b);
  const pairs: [number, number][] = [];
  for (let n = 0; n < times; n += 1) pairs.push([await wallMs(a), await wallMs(b)]);
  return {
    aMs: median(pairs.map(([first]) => first)),
    bMs: median(pairs.map(([, second]) => second)),
    ratio: median(pairs.map(([first, second]) => first / second)),
  };
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const high = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
