import type { NextStep } from '../../../errors/azdock-error.ts';
import { PreCreateCheckError } from '../../../errors/pre-create-check-error.ts';

/** What stops a creation before it began: to what, why, and what to do. */
export function refusal(resource: string, message: string, nextSteps: readonly NextStep[] = []): PreCreateCheckError {
  return new PreCreateCheckError(message, { resource, nextSteps: [...nextSteps] });
}

/** Flags that name something which is in one region. */
export const BOUND_TO_PLACE = [
  'azure-vnet',
  'azure-subnet',
  'azure-private-ip-address',
  'azure-nsg',
  'azure-availability-set',
  'azure-proximity-placement-group',
] as const;

/**
 * The same creation with other flags.
 *
 * @param without names of flags that it must not have. @defaultValue none
 */
export function tryWith(machine: string, label: string, flags: string, ...without: readonly string[]): NextStep {
  return { label, command: `azdock create ${machine} ${flags}`, ...(without.length === 0 ? {} : { without }) };
}
