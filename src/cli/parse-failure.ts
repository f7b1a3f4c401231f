import { UsageError } from '../errors/usage-error.ts';

/**
 * An error of oclif's parser as one of ours, or undefined when it is none. oclif gives its errors `oclif.exit` 2, and those
 * about arguments a list of them (@oclif/core 5, lib/parser/errors.ts).
 */
export function parseFailure(error: unknown, verb: string): UsageError | undefined {
  if (!(error instanceof Error)) return undefined;
  const flagFailure = /^Parsing (--\S+) \n\t([\s\S]*)\nSee more help with --help$/.exec(error.message);
  if (!('oclif' in error) && flagFailure === null) return undefined;
  const usage = { label: 'Usage', command: `azdock ${verb} --help` };
  const facts = { nextSteps: [usage], cause: error };
  if (flagFailure !== null)
    return new UsageError(`${flagFailure[1]}: ${flagFailure[2]}`, { ...facts, resource: flagFailure[1] ?? '' });
  if (error.message.startsWith('Missing ')) return new UsageError(`azdock ${verb} needs ${namesOf(error)}.`, facts);
  if (error.message.startsWith('Unexpected argument')) {
    return new UsageError(`azdock ${verb} takes no further argument: ${wordsOf(error)}`, facts);
  }
  const [first = ''] = error.message.replace(/\nSee more help with --help$/, '').split('\n\n');
  const reasons = first.replace(/^The following errors? occurred:\s*/, '').split(/\n\s*/);
  const option = /^Expected (--[^=]+)=([\s\S]*) to be one of: (.*)$/.exec(reasons.join(' '));
  if (option !== null) {
    return new UsageError(`${option[1]} is one of ${option[3]}, not "${option[2]}".`, {
      ...facts,
      resource: option[1] ?? '',
    });
  }
  return new UsageError(sentence(reasons.join('; ')), facts);
}

/** The names of the arguments that a RequiredArgsError lists. */
function namesOf(error: Error): string {
  const args: unknown = 'args' in error ? error.args : undefined;
  const names = Array.isArray(args)
    ? args.map((arg: { readonly name?: unknown }) => String(arg.name).toUpperCase())
    : [];
  return names.length === 0 ? 'an argument' : names.join(' and ');
}

/** The words that an UnexpectedArgsError lists. */
function wordsOf(error: Error): string {
  const args: unknown = 'args' in error ? error.args : undefined;
  return Array.isArray(args) ? args.map((word: unknown) => JSON.stringify(word)).join(', ') : 'too many';
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
