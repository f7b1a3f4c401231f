import { ArmError } from '../../errors/arm-error.ts';

/** Undefined where this login may not ask: what it may not see is left to the request that needs it. */
export async function unlessForbidden<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ArmError && error.kind === 'forbidden') return undefined;
    throw error;
  }
}
