import { UsageError } from '../errors/usage-error.ts';
import { type ForwardSpec, parseForward } from './forward-spec.ts';

/** What the built-in client is to do, out of the words that `ssh` would get. */
export interface NativeRequest {
  /** Undefined opens the login shell. */
  readonly command: string | undefined;
  /** `-t` and `-T`; undefined follows ssh's rule: a terminal for the login shell only. */
  readonly terminal: boolean | undefined;
  /** `-N`: neither shell nor command, only forwarding. */
  readonly nothing: boolean;
  readonly forwardAgent: boolean;
  readonly forwards: readonly ForwardSpec[];
}

const SWITCHES = 'ANTt';
const WITH_VALUE = 'DLR';

/**
 * Reads ssh's flags as ssh does: in one word or several, values attached or in the next word, until the command begins. The
 * command's words are joined by blanks, as ssh joins them.
 *
 * @throws UsageError for a flag that the built-in client does not have
 */
export function readNativeWords(words: readonly string[]): NativeRequest {
  let terminal: boolean | undefined;
  let nothing = false;
  let forwardAgent = false;
  const forwards: ForwardSpec[] = [];
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!word.startsWith('-') || word === '-') break;
    if (word === '--') {
      at += 1;
      break;
    }
    for (let letter = 1; letter < word.length; letter += 1) {
      const flag = word[letter] ?? '';
      if (WITH_VALUE.includes(flag)) {
        const attached = word.slice(letter + 1);
        if (attached === '') at += 1;
        const value = attached === '' ? words[at] : attached;
        if (value === undefined) throw new UsageError(`-${flag} needs a value.`, { resource: `-${flag}` });
        forwards.push(parseForward(flag, value));
        break;
      }
      if (!SWITCHES.includes(flag)) throw unknownFlag(word);
      if (flag === 'A') forwardAgent = true;
      else if (flag === 'N') nothing = true;
      else terminal = flag === 't';
    }
  }
  const command = at < words.length ? words.slice(at).join(' ') : undefined;
  return { command, terminal, nothing, forwardAgent, forwards };
}

function unknownFlag(word: string): UsageError {
  return new UsageError(
    `The built-in SSH client does not have ${word}: it has -A, -D, -L, -N, -R, -t and -T. OpenSSH's ssh has more.`,
    { resource: word },
  );
}
