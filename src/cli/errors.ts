import { AzdockError } from '../errors/azdock-error.ts';
import { CancelledError } from '../errors/cancelled-error.ts';
import { parseFailure } from './parse-failure.ts';
import { printable } from './printable.ts';
import { redact } from './redact.ts';
import { paint, type Style } from './style.ts';

/** How a failure is shown: as text for people, as one document for programs. */
export interface Failure {
  readonly exitCode: number;
  /** For stderr. Ends its last line. */
  readonly text: string;
  /** For stdout with `--json`. */
  readonly document: ErrorDocument;
}

export interface ErrorDocument {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly resource: string | null;
    readonly azure: object | null;
    readonly nextSteps: readonly { readonly label: string; readonly command: string }[];
    readonly details: readonly string[];
  };
}

export interface FailureLook {
  /** The verb that was running, for `azdock VERB --debug`. */
  readonly verb: string | undefined;
  readonly debugging: boolean;
  readonly style: Style;
  /** Exit code of the signal that interrupted the command. */
  readonly interrupted: number | undefined;
  /** How the program whose place we take would put it. */
  readonly reword?: (facts: FailureFacts) => FailureFacts;
  /** The name under which the user knows us. @defaultValue azdock */
  readonly program?: string;
}

/** Errors of the system (Node's error codes) that say enough by themselves and are no bug of ours. */
const SYSTEM_FAILURES = new Set(['EACCES', 'EPERM', 'ENOSPC', 'EROFS', 'EMFILE', 'ENFILE', 'EDQUOT', 'EIO', 'ENOMEM']);

/** The one place where an error of any kind becomes text, document and exit code. */
export function describeFailure(error: unknown, look: FailureLook): Failure {
  const known = knownError(error, look);
  const found = known ?? unknownFacts(error, look);
  const facts = look.reword?.(found) ?? found;
  const lines = [paint('red', printable(facts.message), look.style), ...facts.details.map(printable)];
  lines.push(...nextStepLines(facts.nextSteps));
  const { azure } = facts;
  if (azure?.requestId !== undefined) {
    const when = azure.timestamp === undefined ? '' : `, ${azure.timestamp}`;
    lines.push(printable(`Azure request id ${azure.requestId}${when}.${more(azure.message, look)}`));
  }
  if (look.debugging && azure?.message !== undefined) lines.push(printable(redact(`Azure says: ${azure.message}`)));
  if (look.debugging) lines.push(...stackLines(error));
  return {
    exitCode: look.interrupted ?? facts.exitCode,
    text: `${lines.join('\n')}\n`,
    document: {
      error: {
        code: facts.code,
        message: facts.message,
        resource: facts.resource ?? null,
        azure: azure ?? null,
        nextSteps: facts.nextSteps.map(({ label, command }) => ({ label, command })),
        details: facts.details,
      },
    },
  };
}

/** An error as a part of a verb's own document. */
export function failureDocument(error: unknown, verb: string, debugging: boolean): object {
  return describeFailure(error, { verb, debugging, style: { color: false, unicode: false }, interrupted: undefined })
    .document;
}

/** What is told of an error. */
export type FailureFacts = Pick<
  AzdockError,
  'code' | 'message' | 'exitCode' | 'resource' | 'azure' | 'nextSteps' | 'details'
>;

function knownError(error: unknown, look: FailureLook): AzdockError | undefined {
  if (error instanceof AzdockError) return error;
  if (look.interrupted !== undefined) return new CancelledError('Interrupted.', { cause: error });
  return parseFailure(error, look.verb ?? '');
}

function unknownFacts(error: unknown, look: FailureLook): FailureFacts {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const none = { exitCode: 1, resource: undefined, azure: undefined, nextSteps: [], details: [] };
  if (error instanceof Error && SYSTEM_FAILURES.has(code)) {
    return { ...none, code: 'system', message: `The system refuses: ${error.message}` };
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const nextSteps = look.debugging
    ? []
    : [{ label: 'See where', command: `${look.program ?? 'azdock'} ${look.verb ?? ''} … --debug` }];
  return { ...none, code: 'bug', message: `This is a bug in azdock. ${what}`, nextSteps };
}

/** Labels and commands in two columns, so that commands can be seen and copied. */
function nextStepLines(steps: FailureFacts['nextSteps']): string[] {
  const width = Math.max(0, ...steps.map(({ label }) => label.length)) + 1;
  return steps.map(({ label, command }) => printable(`  ${`${label}:`.padEnd(width)}   ${command}`));
}

function more(message: string | undefined, look: FailureLook): string {
  return message === undefined || look.debugging ? '' : ` More: ${look.program ?? 'azdock'} ${look.verb ?? ''} --debug`;
}

/** Stacks of the error and all its causes. */
function stackLines(error: unknown): string[] {
  const lines: string[] = [];
  for (let cause = error; cause instanceof Error && lines.length < 10; cause = cause.cause) {
    lines.push(printable(redact(cause.stack ?? String(cause))));
  }
  return lines;
}
