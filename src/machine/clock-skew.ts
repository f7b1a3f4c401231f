import { roughly } from './doctor/roughly.ts';
import type { MachineContext } from './machine-context.ts';

/** Below it, answers on their way and headers without fractions of a second explain the difference. */
const NOTABLE_MS = 60_000;

/** By how much this computer's clock is ahead of Azure's, when that is more than a minute, as far as Azure has told. Milliseconds. */
function skewMs({ pace }: Pick<MachineContext, 'pace'>): number {
  const { aheadMs = 0 } = pace;
  return Math.abs(aheadMs) > NOTABLE_MS ? aheadMs : 0;
}

/** A sentence about this computer's clock when it is wrong by more than a minute, as far as Azure has told; else nothing. */
export function clockProblem(context: Pick<MachineContext, 'pace'>): string | undefined {
  const ms = skewMs(context);
  if (ms === 0) return undefined;
  return `This computer's clock is ${roughly(ms)} ${ms > 0 ? 'ahead of' : 'behind'} Azure's: set it right.`;
}

/** The time by which certificates are judged: Azure's, where this computer's is known to be wrong. */
export function judgingTime(context: Pick<MachineContext, 'pace'>): Date {
  return new Date(Date.now() - skewMs(context));
}

/** The time from which certificates are valid that are made now: the earlier one, so that they serve by either clock. */
export function signingTime(context: Pick<MachineContext, 'pace'>): Date {
  return new Date(Date.now() - Math.max(0, skewMs(context)));
}
