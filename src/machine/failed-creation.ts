import type { AzdockError, NextStep } from '../errors/azdock-error.ts';
import type { Creation } from '../drivers/driver.ts';

/**
 * Adds to an error what exists now, how to get rid of it and, once the VM is there, how to go on. The error keeps its class, code
 * and text.
 */
export function failedCreation(
  error: AzdockError,
  creation: Creation,
  { hasVm, isBilled }: { readonly hasVm: boolean; readonly isBilled: boolean },
): AzdockError {
  const { name } = creation;
  const made = creation.journal.entries.filter(({ shared }) => !shared).map(({ id }) => id.split('/').at(-1));
  const left =
    made.length === 0
      ? 'Nothing that is billed was made.'
      : `So far it has asked for ${[...new Set(made)].join(', ')}; what exists of that is billed until it is removed.`;
  const cleanUp: NextStep = { label: 'Clean up', command: `azdock rm ${name}` };
  const retry: NextStep = { label: 'Try the engine again', command: `azdock provision ${name}` };
  const steps = [
    ...(hasVm ? [retry] : []),
    ...error.nextSteps,
    ...(error.nextSteps.some(({ command }) => command.startsWith('azdock rm')) ? [] : [cleanUp]),
  ];
  return Object.defineProperties(error, {
    details: { value: isBilled ? [...error.details, left] : error.details, enumerable: true },
    nextSteps: { value: steps, enumerable: true },
  });
}
