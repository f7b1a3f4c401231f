import { ArmError } from '../../../errors/arm-error.ts';
import type { StepHandle } from '../../../steps/progress.ts';
import type { ImageFacts } from '../image-facts/image-facts.ts';
import type { Making } from '../making.ts';
import { putInPlacement } from '../put-in-placement.ts';
import { putVirtualMachine } from '../virtual-machine.ts';
import { clearAway } from './clear-away.ts';
import type { Course } from './course.ts';
import { onceNicIsFree } from './once-nic-is-free.ts';
import { wishOf, wishWords } from './wish.ts';

/** What is tried with what. */
export interface Attempt {
  readonly course: Course;
  readonly image: ImageFacts;
  readonly step: StepHandle;
}

/**
 * Makes the VM. Where Azure has no room for it, or no quota, it is tried with the sizes and zones that were given as fallback, one
 * after the other; what does not fit the next one is made anew.
 *
 * @throws ArmError of the last attempt, with those before in its details
 */
export async function makeVirtualMachine(making: Making, { course, image, step }: Attempt): Promise<void> {
  const { creation, signal } = making;
  const tried: string[] = [];
  const waiting = { signal, progress: creation.progress };
  for (let { machine } = making; ; ) {
    try {
      const now = { ...making, machine };
      return await putInPlacement(now, () => onceNicIsFree(machine, waiting, () => putVirtualMachine(now, image)));
    } catch (error) {
      if (!isShortage(error)) throw withTried(error, tried);
      const next = await course.next(image, (message) => creation.progress.warn(message));
      if (next === undefined) throw withTried(error, tried);
      tried.push(`${wishWords(wishOf(machine.options))} (${error.azure?.code})`);
      creation.progress.warn(`${error.message} Next is ${wishWords(wishOf(next.options))}.`);
      step.detail(`making room for ${wishWords(wishOf(next.options))}`);
      await clearAway({ ...making, machine }, next);
      await creation.onChange?.();
      step.detail('');
      machine = next;
    }
  }
}

/** Another size or zone may be had though this one is not. */
function isShortage(error: unknown): error is ArmError {
  return error instanceof ArmError && (error.kind === 'capacity' || error.kind === 'quota');
}

function withTried(error: unknown, tried: readonly string[]): unknown {
  if (!(error instanceof ArmError) || error.azure === undefined || tried.length === 0) return error;
  const { message, kind, azure, nextSteps, resource, details, cause } = error;
  return new ArmError(message, kind, azure, {
    nextSteps,
    details: [`Tried before: ${tried.join(', ')}.`, ...details],
    cause,
    ...(resource === undefined ? {} : { resource }),
  });
}
