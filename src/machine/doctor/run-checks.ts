import type { Clock } from '../../wait/wait-until.ts';
import type { Check, Checked } from './check.ts';
import { failureFinding } from './failure-finding.ts';
import { command, type Finding, notChecked } from './finding.ts';

export interface CheckRun<Subject> {
  readonly checks: readonly Check<Subject>[];
  readonly subject: Subject;
  /** For all of them together. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What to run for more time. */
  readonly again: string;
  /** Told whenever a check has ended: the titles of those that have not. */
  readonly onProgress?: (waitingFor: readonly string[]) => void;
}

/**
 * Runs all checks at once, each as soon as those are done that it needs. Whatever one of them does, the others run on, and every one
 * ends with a finding.
 *
 * @throws TypeError when a check needs one that is not listed before it; the signal's reason when the user interrupts
 */
export async function runChecks<Subject>(run: CheckRun<Subject>): Promise<readonly Checked[]> {
  const { subject, clock, timeoutMs, onProgress } = run;
  run.signal.throwIfAborted();
  const done = new AbortController();
  const timeout = new AbortController();
  const signal = AbortSignal.any([run.signal, timeout.signal]);
  const listed = new Set<string>();
  const results = new Map<string, Promise<Checked>>();
  const open = new Set<string>();
  /** Ids of checks that were not made, with the title of the one that is to be set right first. */
  const blocked = new Map<string, string>();
  const seconds = Math.round(timeoutMs / 1000);
  const late = notChecked(
    `No answer within ${seconds} s.`,
    command(`${run.again} --timeout ${Math.max(60, seconds * 2)}`),
  );
  clock.sleep(timeoutMs, AbortSignal.any([run.signal, done.signal])).then(
    () => timeout.abort(new Error('the time for all checks is over')),
    () => {},
  );
  for (const check of run.checks) {
    const needs = typeof check.needs === 'function' ? check.needs(subject) : (check.needs ?? []);
    const before = needs.map((id) => {
      if (!listed.has(id)) throw new TypeError(`check ${check.id} needs ${id}, which is not listed before it`);
      return results.get(id);
    });
    listed.add(check.id);
    if (check.applies?.(subject) === false) continue;
    open.add(check.title);
    results.set(check.id, examine(check, before));
  }
  try {
    return await Promise.all(results.values());
  } finally {
    done.abort();
    run.signal.throwIfAborted();
  }

  async function examine(check: Check<Subject>, before: readonly (Promise<Checked> | undefined)[]): Promise<Checked> {
    const needed = await Promise.all(before);
    const startMs = clock.now();
    const wrong = needed.find((one) => one?.verdict === 'problem' || one?.verdict === 'not-checked');
    const first = wrong === undefined ? undefined : (blocked.get(wrong.id) ?? wrong.title);
    if (first !== undefined) blocked.set(check.id, first);
    const finding = first === undefined ? await find(check) : notChecked(`First: ${first}.`);
    open.delete(check.title);
    onProgress?.([...open]);
    return { id: check.id, title: check.title, ...finding, elapsedMs: Math.max(0, clock.now() - startMs) };
  }

  /** Also ends when the check does not heed the signal. */
  async function find(check: Check<Subject>): Promise<Finding> {
    if (signal.aborted) return late;
    const { promise: over, reject } = Promise.withResolvers<never>();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([check.run(subject, signal), over]);
    } catch (error) {
      return signal.aborted ? late : failureFinding(error);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }
}
