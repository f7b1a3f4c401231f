import { ArmError } from '../../errors/arm-error.ts';
import { AzdockError } from '../../errors/azdock-error.ts';
import { advice, command, type Finding, notChecked, problem } from './finding.ts';

/**
 * What an error in the course of a check says about what is checked. What this login may not look at, and a bug of azdock's, say
 * nothing about it.
 */
export function failureFinding(error: unknown): Finding {
  if (!(error instanceof AzdockError)) {
    const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return notChecked(`This is a bug in azdock. ${oneLine(what)}`);
  }
  const message = oneLine(error.message);
  if (error instanceof ArmError && error.kind === 'forbidden') return notChecked(`This login may not look. ${message}`);
  const [step] = error.nextSteps;
  const [detail] = error.details;
  if (step !== undefined) return problem(message, command(step.command));
  return problem(
    message,
    advice(detail === undefined ? 'Mend what the sentence names, and look again.' : oneLine(detail)),
  );
}

function oneLine(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
