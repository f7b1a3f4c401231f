import { UsageError } from '../errors/usage-error.ts';
import { isDockerMachine } from './docker-machine/mode.ts';
import { nearest } from './nearest.ts';

/** What the words after the program's name ask for, before the verb's own flags are looked at. */
export type Request =
  | { readonly kind: 'version' }
  | { readonly kind: 'help'; readonly verb: string | undefined }
  | { readonly kind: 'run'; readonly verb: string; readonly args: string[] };

/**
 * Flags that docker-machine takes before the verb (docker/machine:cmd/machine.go), and azdock's own that every verb has.
 * `true` means that a value follows.
 */
const GLOBAL_FLAGS: Readonly<Record<string, boolean>> = {
  debug: false,
  D: false,
  'storage-path': true,
  s: true,
  'tls-ca-cert': true,
  'tls-ca-key': true,
  'tls-client-cert': true,
  'tls-client-key': true,
  'docker-cert-dir': true,
  'native-ssh': false,
  'github-api-token': true,
  'bugsnag-api-token': true,
  json: false,
  'no-color': false,
  progress: true,
};

/**
 * Finds the verb. Flags before it are handed on as its first arguments, so that they mean the same on either side.
 *
 * @param verbs every verb; one of two words is written with a space
 * @param program the name we were called by
 * @throws UsageError when there is no such verb, or an unknown flag stands before it
 */
export function readRequest(argv: readonly string[], verbs: readonly string[], program = 'azdock'): Request {
  const before: string[] = [];
  let at = 0;
  for (; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (!word.startsWith('-')) break;
    const name = (word.split('=', 1)[0] ?? '').replace(/^--?/, '');
    if (name === 'help' || name === 'h') return { kind: 'help', verb: findVerb(argv.slice(at + 1), verbs)?.verb };
    if (name === 'version' || name === 'v') return { kind: 'version' };
    const takesValue = Object.hasOwn(GLOBAL_FLAGS, name) ? GLOBAL_FLAGS[name] : undefined;
    if (takesValue === undefined) throw unknownFlag(word, name);
    before.push(word);
    if (takesValue && !word.includes('=')) {
      at += 1;
      const value = argv[at];
      if (value === undefined) throw new UsageError(`${word} needs a value.`, { resource: word });
      before.push(value);
    }
  }
  const words = argv.slice(at);
  const first = words[0];
  if (first === undefined) return { kind: 'help', verb: undefined };
  if (first === 'help' || first === 'h') return helpRequest(words.slice(1), verbs, program);
  const found = findVerb(words, verbs);
  if (found === undefined) return topicOrUnknown(words, verbs, program);
  return { kind: 'run', verb: found.verb, args: [...before, ...words.slice(found.length)] };
}

function findVerb(words: readonly string[], verbs: readonly string[]): { verb: string; length: number } | undefined {
  const two = words.slice(0, 2).join(' ');
  if (words.length >= 2 && verbs.includes(two)) return { verb: two, length: 2 };
  const one = words[0];
  return one !== undefined && verbs.includes(one) ? { verb: one, length: 1 } : undefined;
}

function helpRequest(words: readonly string[], verbs: readonly string[], program: string): Request {
  const [first] = words;
  if (first === undefined || first.startsWith('-')) return { kind: 'help', verb: undefined };
  const found = findVerb(words, verbs);
  return found === undefined ? topicOrUnknown(words, verbs, program) : { kind: 'help', verb: found.verb };
}

/** The first word of two-word verbs is answered with their help, unless the second is a mistake. */
function topicOrUnknown(words: readonly string[], verbs: readonly string[], program: string): Request {
  const [first = '', second] = words;
  const inTopic = verbs.filter((verb) => verb.startsWith(`${first} `));
  if (inTopic.length > 0 && (second === undefined || second.startsWith('-'))) return { kind: 'help', verb: first };
  const typed = inTopic.length > 0 ? `${first} ${second}` : first;
  const close = nearest(typed, inTopic.length > 0 ? inTopic : verbs);
  // docker/machine:cmd/machine.go
  if (isDockerMachine(program)) {
    throw new UsageError(`${program}: '${typed}' is not a ${program} command. See '${program} --help'.`, {
      resource: typed,
      nextSteps: close === undefined ? [] : [{ label: 'Perhaps', command: `${program} ${close}` }],
    });
  }
  throw new UsageError(`"${typed}" is not an azdock command.${close === undefined ? '' : ` Did you mean ${close}?`}`, {
    resource: typed,
    nextSteps: [{ label: 'All commands', command: 'azdock --help' }],
  });
}

function unknownFlag(word: string, name: string): UsageError {
  const close = nearest(
    name,
    Object.keys(GLOBAL_FLAGS).filter((flag) => flag.length > 1),
  );
  const hint = close === undefined ? ' Flags of a command come after it.' : ` Did you mean --${close}?`;
  return new UsageError(`There is no flag ${word} before the command.${hint}`, {
    resource: word,
    nextSteps: [{ label: 'All commands', command: 'azdock --help' }],
  });
}
