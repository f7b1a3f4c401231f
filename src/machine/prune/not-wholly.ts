import { AzdockError } from '../../errors/azdock-error.ts';
import { PartialRemovalError } from '../../errors/partial-removal-error.ts';

/** One error for all that stood in the way; what is no {@link AzdockError}, a bug, comes first and alone. */
export function notWholly(failures: readonly unknown[]): unknown {
  const bug = failures.find((failure) => !(failure instanceof AzdockError));
  const [first, ...others] = failures.filter((failure) => failure instanceof AzdockError);
  if (bug !== undefined || first === undefined) return bug;
  if (others.length === 0 && first instanceof PartialRemovalError) return first;
  return new PartialRemovalError(`Not everything could be removed. ${first.message}`, {
    details: [...first.details, ...others.flatMap(({ message, details }) => [message, ...details])],
    cause: first,
    ...(first.azure === undefined ? {} : { azure: first.azure }),
    nextSteps: [{ label: 'Try again', command: 'azdock prune' }],
  });
}
