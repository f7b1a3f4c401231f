import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measureCreation } from './creation.ts';
import { compare, peakMiB, type Run } from './measure.ts';
import { answeringStore, refusingStore } from './store.ts';

// What azdock promises, measured as ratios side by side in one run: the released bundle against a Node that does nothing, and a
// creation against its critical path. `--quick` takes fewer runs, and a twentieth of Azure's latencies.

const program = fileURLToPath(new URL('../bin/run.js', import.meta.url));
const quick = process.argv.includes('--quick');
const times = quick ? 7 : 25;
const factor = quick ? 0.05 : 1;
/** Machines that one command makes at once. */
const several = 5;
const world = mkdtempSync(join(tmpdir(), 'azdock-bench-'));
const nothing: Run = { args: ['-e', '0'] };

interface Row {
  readonly what: string;
  readonly args: readonly string[];
  readonly store: string;
  /** The promise: how many times bare Node it may take. */
  readonly most: number | undefined;
}

const engine = await answeringStore(join(world, 'one'));
const refusing = (count: number) => refusingStore(join(world, `refusing-${count}`), count);
const one = engine.root;
mkdirSync(join(world, 'home'));
mkdirSync(join(world, 'several'));
const rows: readonly Row[] = [
  { what: 'ip', args: ['ip', 'dev'], store: one, most: 3 },
  { what: 'url', args: ['url', 'dev'], store: one, most: 3 },
  { what: 'inspect', args: ['inspect', 'dev'], store: one, most: 3 },
  { what: 'status', args: ['status', 'dev'], store: one, most: undefined },
  { what: 'env', args: ['env', '--shell', 'sh', 'dev'], store: one, most: 4 },
  { what: 'config', args: ['config', 'dev'], store: one, most: 4 },
  { what: 'ls, 1 machine', args: ['ls'], store: refusing(1), most: undefined },
  { what: 'ls, 100 machines', args: ['ls'], store: refusing(100), most: undefined },
  { what: 'ls, 1000 machines', args: ['ls'], store: refusing(1000), most: 15 },
];

try {
  console.log(
    `Node ${process.version}, ${times} pairs each, medians; peak memory of one run. Bare Node is: node -e 0\n`,
  );
  line('', 'ms', 'bare ms', 'ratio', 'promised', 'peak MiB');
  for (const { what, args, store, most } of rows) {
    const run: Run = { args: [program, ...args], env: { MACHINE_STORAGE_PATH: store, HOME: join(world, 'home') } };
    const { aMs, bMs, ratio } = await compare(run, nothing, times);
    const promised = most === undefined ? '' : `<= ${most.toFixed(1)}`;
    line(what, aMs.toFixed(1), bMs.toFixed(1), ratio.toFixed(2), promised, (await peakMiB(run)).toFixed(1));
  }
  line('bare node', '', '', '1.00', '', (await peakMiB(nothing)).toFixed(1));
  console.log(`\ncreate on the sandbox, recorded latencies times ${factor}, simulated guests`);
  const { elapsedMs, criticalPathMs } = await measureCreation({ program, directory: world, factor, count: 1 });
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  const ratio = (elapsedMs / criticalPathMs).toFixed(3);
  console.log(
    `  took ${seconds(elapsedMs)}, critical path ${seconds(criticalPathMs)}: ratio ${ratio}, promised <= 1.10`,
  );
  const all = await measureCreation({ program, directory: join(world, 'several'), factor, count: several });
  const ratioToOne = (all.elapsedMs / elapsedMs).toFixed(2);
  console.log(
    `  ${several} machines took ${seconds(all.elapsedMs)}, critical path ${seconds(all.criticalPathMs)}: ${ratioToOne} times as long as one`,
  );
} finally {
  engine.end();
  rmSync(world, { recursive: true, force: true });
}

function line(what: string, ...cells: string[]): void {
  console.log(`  ${what.padEnd(20)}${cells.map((cell) => cell.padStart(10)).join('')}`);
}
