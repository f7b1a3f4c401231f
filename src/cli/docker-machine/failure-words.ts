import type { FailureFacts } from '../errors.ts';
import { renamer } from './renamer.ts';

/** Where an error happened. */
export interface FailurePlace {
  readonly verb: string | undefined;
  /** Every verb of azdock. */
  readonly verbs: readonly string[];
}

/** Sentences that docker-machine begins with `Error: ` (docker/machine:commands/commands.go). */
const WITH_ERROR = /^(No machine name|Expected (one|no|to get)|Too many arguments|Cannot run SSH command)/;

/** Errors of a check before creation. docker-machine logs in there, so a missing login is one of them. */
const BEFORE_CREATION = new Set(['pre-create-check', 'login']);

/** Errors of `create` that docker-machine prints as they are. */
const BARE = new Set(['machine-exists', 'unsupported', 'bug']);

/** What `env` and `config` say before the reason why an engine cannot be used. */
const CONNECTION_PREFIXES: Readonly<Record<string, string>> = {
  env: 'Error checking TLS connection: ',
  config: 'Error running connection boilerplate: ',
};
const CONNECTION_FAILURES = new Set(['engine-unreachable', 'certificate', 'not-running', 'timeout']);

/**
 * An error as docker-machine would put it: commands begin with its name, sentences that programs look for are its own, and
 * the exit code is 1, or 3 when a check before creation failed. A signal's code (128 and more) stays; ssh's
 * own 255 does not.
 */
export function inDockerMachineWords(facts: FailureFacts, place: FailurePlace): FailureFacts {
  const rename = renamer(place.verbs);
  return {
    ...facts,
    message: rename(sentence(facts, place.verb)),
    details: facts.details.map(rename),
    nextSteps: facts.nextSteps.map(({ label, command }) => ({ label, command: rename(command) })),
    exitCode: exitCode(facts, place.verb),
  };
}

function sentence({ code, message }: FailureFacts, verb: string | undefined): string {
  if (verb === 'create') return creationSentence(code, message);
  const prefix = verb === undefined ? undefined : CONNECTION_PREFIXES[verb];
  if (prefix !== undefined && CONNECTION_FAILURES.has(code)) return prefix + message;
  return WITH_ERROR.test(message) ? `Error: ${message}` : message;
}

function creationSentence(code: string, message: string): string {
  if (BEFORE_CREATION.has(code)) return `Error with pre-create check: ${JSON.stringify(message)}`;
  if (code === 'usage') return WITH_ERROR.test(message) ? `Error: ${message}` : message;
  return BARE.has(code) ? message : `Error creating machine: ${message}`;
}

function exitCode({ code, exitCode: own }: FailureFacts, verb: string | undefined): number {
  if (own >= 128 && code !== 'ssh') return own;
  return verb === 'create' && BEFORE_CREATION.has(code) ? 3 : 1;
}
