import { dialEngine } from '../engine/dial.ts';
import { type EngineFailure, EngineUnreachableError } from '../errors/engine-unreachable-error.ts';
import { enginePort } from './address.ts';
import type { HeldMachine } from './act-on-all.ts';
import type { MachineCertificates } from './machine-certificates.ts';

/** So often in a row, a second apart: an engine that is about to restart with others does not count. */
const TIMES = 3;
/** How long an engine may take to answer, in milliseconds, when it is only looked at. */
const LOOK_MS = 10_000;

/** Failures by which an engine shows that it has other certificates than those on this computer. */
const MISMATCHES: ReadonlySet<EngineFailure> = new Set(['server-certificate', 'client-certificate']);

const BECAUSE = 'its engine has others than this computer';

/** Watches the attempts to reach an engine. `signal` is aborted, with `mismatch` as its reason, once it is plain that no attempt will do. */
export interface MismatchWatch {
  readonly signal: AbortSignal;
  readonly mismatch: { readonly because: string };
  saw(failure: EngineFailure | undefined): void;
}

export function watchForMismatch(): MismatchWatch {
  const controller = new AbortController();
  const mismatch = { because: BECAUSE };
  let times = 0;
  return {
    signal: controller.signal,
    mismatch,
    saw(failure) {
      times = failure !== undefined && MISMATCHES.has(failure) ? times + 1 : 0;
      if (times === TIMES) controller.abort(mismatch);
    },
  };
}

/** Asks an engine once. @returns why it needs new certificates; undefined when it does not, and when it does not answer at all */
export async function findMismatch(
  { name, machine, context }: HeldMachine,
  host: string,
  { host: { ca }, client }: MachineCertificates,
): Promise<string | undefined> {
  const port = enginePort(machine.record);
  try {
    await dialEngine({ machine: name, host, port, ca, ...client, timeoutMs: LOOK_MS, signal: context.signal });
    return undefined;
  } catch (error) {
    if (!(error instanceof EngineUnreachableError)) throw error;
    return MISMATCHES.has(error.failure) ? BECAUSE : undefined;
  }
}
