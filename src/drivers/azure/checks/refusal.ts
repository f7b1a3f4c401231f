import type { NextStep } from '../../../errors/azdock-error.ts';
import { PreCreateCheckError } from '../../../errors/pre-create-check-error.ts';

/** What stops a creation before it began: to what, why, and what to do. */
export function refusal(resource: string, message: string, nextSteps: readonly NextStep[] = []): PreCreateCheckError {
  return new PreCreateCheckError(message, { resource, nextSteps: [...nextSteps] });
}

/** The same creation with other flags. */
export function tryWith(machine: string, label: string, flags: string): NextStep {
  return { label, command: `azdock create ${machine} ${flags}` };
}
