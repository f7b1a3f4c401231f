import { globSync } from 'node:fs';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * `npm run chaos [-- --filter TEXT]`: what can go wrong between azdock and Azure, against the sandbox. The fault table, which is each
 * request crossed with each fault, and azdock killed at each of its requests. One line a case, and a count at the end.
 *
 * Cases are tests of node:test in files of their own, `*.chaos.ts`, which `npm test` leaves out: they take some minutes.
 */
const { values } = parseArgs({ options: { filter: { type: 'string' } } });
const root = fileURLToPath(new URL('..', import.meta.url));
if (values.filter !== undefined) process.env['AZDOCK_CHAOS_FILTER'] = values.filter;

const startMs = performance.now();
let passed = 0;
const failed: string[] = [];

interface Ended {
  readonly name: string;
  readonly nesting: number;
  readonly details: { readonly duration_ms: number; readonly type?: string | undefined; readonly error?: Error };
}

/** Level of the test that ended last: one above it holds cases and is none. */
let lastNesting = 0;

function end({ name, nesting, details }: Ended, isFine: boolean): void {
  // What stands at the top are chapters, even those of which no case is wanted.
  const holdsCases = nesting === 0 || lastNesting > nesting || details.type === 'suite';
  lastNesting = nesting;
  const seconds = details.duration_ms / 1000;
  const title = seconds < 0.1 ? name : `${name} (${seconds.toFixed(1)}s)`;
  if (isFine && holdsCases) return;
  if (isFine) {
    passed += 1;
    console.log(`ok      ${title}`);
    return;
  }
  const { error } = details;
  const why = error?.cause instanceof Error ? error.cause.message : (error?.message ?? '');
  // That a case below it failed is told already.
  if (holdsCases && /subtests? failed/.test(why)) return;
  failed.push(title);
  console.log(`FAILED  ${title}\n${why.replaceAll(/^/gm, '        ')}`);
}

const stream = run({
  cwd: root,
  // The longest first: what is started last decides when all is over.
  files: globSync('test/**/*.chaos.ts', { cwd: root }).sort().reverse(),
  concurrency: 2,
  timeout: 900_000,
});
stream.on('test:pass', (test) => end(test, true));
stream.on('test:fail', (test) => end(test, false));
stream.on('test:stderr', ({ message }) => process.stderr.write(message));
await new Promise((resolve) => stream.on('close', resolve).resume());

const seconds = Math.round((performance.now() - startMs) / 1000);
if (failed.length > 0) console.log(['', 'failed:', ...failed].join('\n  '));
console.log(`chaos: ${passed + failed.length} cases, ${passed} passed, ${failed.length} failed, ${seconds} seconds`);
process.exitCode = failed.length === 0 && passed > 0 ? 0 : 1;
