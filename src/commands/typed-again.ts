import { AzdockError, type NextStep } from '../errors/azdock-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { quoteInCommand } from '../shell/dialects/posix.ts';
import { joinWords } from '../shell/dialect.ts';
import { type FlagShapes, splitList, unguarded } from '../cli/flag-words.ts';

/** Flags that are about the run and not about the machine, and those whose values nobody should see again. */
const NOT_AGAIN = new Set([
  ...['json', 'debug', 'no-color', 'progress', 'dry-run', 'resume'],
  ...['azure-client-secret', 'bugsnag-api-token', 'github-api-token'],
]);

/** What the user typed behind `create`, as the parser has put it: `--name` or `--name value`. */
export interface TypedWords {
  readonly words: readonly string[];
  readonly shapes: FlagShapes;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface TypedFlag {
  /** Without dashes and `no-`. */
  readonly name: string;
  readonly words: readonly string[];
}

/**
 * A failed creation, with next steps that make what the user asked for: a `create` among them gets the flags that were typed, but for
 * those that it has itself or must not have. One that resumes finds them on record.
 */
export function withTypedFlags(error: unknown, typed: TypedWords): unknown {
  if (!(error instanceof AzdockError)) return error;
  const flags = typedFlags(typed);
  const refused = error instanceof UsageError ? error.resource?.replace(/^--(no-)?/, '') : undefined;
  const nextSteps = error.nextSteps.map((step) => {
    if (!isWholeCreation(step)) return step;
    const own = new Set([...step.command.matchAll(/ --(?:no-)?([a-z0-9-]+)/g)].map(([, name]) => name));
    const kept = flags.filter(
      ({ name }) => !own.has(name) && name !== refused && !(step.without?.includes(name) ?? false),
    );
    const more = kept.map(({ words }) => ` ${joinWords(words, quoteInCommand)}`).join('');
    return { ...step, command: step.command + more };
  });
  return Object.defineProperties(error, { nextSteps: { value: nextSteps, enumerable: true } });
}

function isWholeCreation({ command }: NextStep): boolean {
  return /^azdock create /.test(command) && !/ --resume\b|…/.test(command);
}

function typedFlags({ words, shapes, environment }: TypedWords): TypedFlag[] {
  const found: TypedFlag[] = [];
  for (let at = 0; at < words.length && words[at] !== '--'; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('--')) continue;
    const spelled = word.slice(2);
    const name = Object.hasOwn(shapes, spelled) ? spelled : spelled.replace(/^no-/, '');
    const shape = shapes[name];
    if (shape === undefined) continue;
    if (shape.type === 'boolean') {
      found.push({ name, words: [word] });
      continue;
    }
    at += 1;
    found.push({ name, words: [word, unguarded(words[at] ?? '')] });
  }
  return found.filter(
    ({ name, words: [, value = ''] }) =>
      !NOT_AGAIN.has(name) && !isOfEnvironment(value, shapes[name]?.env, environment),
  );
}

/** The parser adds what the environment has of a list: it will be there again. */
function isOfEnvironment(value: string, variable: string | undefined, environment: TypedWords['environment']): boolean {
  return variable !== undefined && splitList(environment[variable]).includes(value);
}
