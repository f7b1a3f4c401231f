import type { Progress, StepHandle } from './progress.ts';

/** One titled, repeatable part of a lifecycle. */
export interface Step<Context> {
  readonly id: string;
  /** Shown to the user. Without a title the step runs unseen. */
  readonly title?: string | ((context: Context) => string);
  /** Ids of steps that must be done before this one starts. Without any it starts at once. */
  readonly after?: readonly string[];
  /** True leaves the step out; what waits for it goes on. */
  readonly skip?: (context: Context) => boolean;
  run(context: Context, step: StepHandle, signal: AbortSignal): Promise<void>;
}

export interface StepRun<Context> {
  readonly steps: readonly Step<Context>[];
  readonly context: Context;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Called with each step's id and how long it took, in milliseconds. */
  readonly onDone?: (id: string, elapsedMs: number) => void;
}

/**
 * Runs each step as soon as the steps it names in `after` are done, so that nothing waits for what it does not need.
 * When a step fails, no further step starts, those running are aborted and awaited, and the first failure is thrown.
 *
 * @throws what the first failing step threw; TypeError when a step names one that is not in the list before it.
 */
export async function runSteps<Context>(run: StepRun<Context>): Promise<void> {
  const failure = new AbortController();
  const signal = AbortSignal.any([run.signal, failure.signal]);
  const done = new Map<string, Promise<void>>();
  for (const step of run.steps) {
    const before = (step.after ?? []).map((id) => {
      const promise = done.get(id);
      if (promise === undefined) throw new TypeError(`step ${step.id} waits for ${id}, which is not listed before it`);
      return promise;
    });
    const promise = start(step, before);
    promise.catch((error: unknown) => failure.abort(error));
    done.set(step.id, promise);
  }
  await Promise.allSettled(done.values());
  run.signal.throwIfAborted();
  failure.signal.throwIfAborted();

  async function start(step: Step<Context>, before: readonly Promise<void>[]): Promise<void> {
    await Promise.all(before);
    signal.throwIfAborted();
    if (step.skip?.(run.context)) return;
    const startedMs = performance.now();
    const work = (handle: StepHandle) => step.run(run.context, handle, signal);
    if (step.title === undefined) await work({ title() {}, detail() {} });
    else await run.progress.step(typeof step.title === 'string' ? step.title : step.title(run.context), work);
    run.onDone?.(step.id, performance.now() - startedMs);
  }
}
