import { test } from 'node:test';
import { type Arbitrary, assert, asyncProperty } from 'fast-check';
import { needs } from '../skip.ts';

/**
 * The same inputs in each run, so that a red test is about the change at hand. `AZDOCK_FUZZ_SEED` takes another number, or `random`;
 * `AZDOCK_FUZZ_SCALE` times as many inputs are tried: `AZDOCK_FUZZ_SEED=random AZDOCK_FUZZ_SCALE=50 node --test 'test/fuzz/*.test.ts'`.
 */
const wanted = process.env['AZDOCK_FUZZ_SEED'] ?? '20261120';
const seed = wanted === 'random' ? Date.now() % 2 ** 31 : Number(wanted);
const scale = Number(process.env['AZDOCK_FUZZ_SCALE'] ?? '1');

export interface FuzzOptions {
  /** Inputs to try, times `AZDOCK_FUZZ_SCALE`. @defaultValue 200 */
  readonly runs?: number;
  /** Inputs that were red once, each tried first. */
  readonly examples?: readonly unknown[];
  /** What the test cannot do without, as for `needs`. */
  readonly needs?: Parameters<typeof needs>;
}

/** A test that holds for every input; the smallest one for which it does not is shown, with what repeats it. */
export function fuzz<T>(
  title: string,
  inputs: Arbitrary<T>,
  check: (input: T) => Promise<void> | void,
  options: FuzzOptions = {},
): void {
  test(title, needs(...(options.needs ?? [])), async (context) => {
    const numRuns = Math.ceil((options.runs ?? 200) * scale);
    context.diagnostic(`AZDOCK_FUZZ_SEED=${seed}, ${numRuns} inputs`);
    const examples = (options.examples ?? []).map((example): [T] => [example as T]);
    await assert(
      asyncProperty(inputs, async (input) => check(input)),
      { seed, numRuns, examples },
    );
  });
}
