import { AzdockError } from '../errors/azdock-error.ts';

/** An error that does not say what to do next gets what shows how the machine stands now. All else stays as it is. */
export function withNextStep(error: unknown, name: string): unknown {
  if (!(error instanceof AzdockError) || error.nextSteps.length > 0) return error;
  return Object.defineProperty(error, 'nextSteps', {
    value: [{ label: 'How it stands', command: `azdock status ${name}` }],
    enumerable: true,
  });
}
