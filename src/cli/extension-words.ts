import { UsageError } from '../errors/usage-error.ts';
import { nearest } from './nearest.ts';

const ACTIONS = ['show', 'set', 'remove'] as const;
export type ExtensionAction = (typeof ACTIONS)[number];

export interface ExtensionWords {
  /** Undefined: the machine called `default`. */
  readonly name: string | undefined;
  readonly action: ExtensionAction;
}

/**
 * Reads `NAME [show|set|remove]`, and the same the other way round, `show NAME`. A machine may be called as an action is: then the first
 * word is the machine, unless there is no such machine and the second word is one.
 *
 * @param exists whether there is a machine of that name
 * @throws UsageError when no word, or more than one, is an action
 */
export function extensionWords(
  [first, second]: readonly (string | undefined)[],
  exists: (name: string) => boolean,
): ExtensionWords {
  const firstAction = actionOf(first);
  const secondAction = actionOf(second);
  if (second === undefined) {
    if (first === undefined || firstAction === undefined || exists(first)) return { name: first, action: 'show' };
    return { name: undefined, action: firstAction };
  }
  const isNameFirst = firstAction === undefined || exists(first ?? '') || !exists(second);
  if (secondAction !== undefined && isNameFirst) return { name: first, action: secondAction };
  if (firstAction !== undefined) return { name: second, action: firstAction };
  const close = nearest(second, ACTIONS);
  throw new UsageError(
    `"${second}" is nothing that can be done with an extension: show, set and remove are.${close === undefined ? '' : ` Did you mean ${close}?`}`,
    { resource: second, nextSteps: [{ label: 'How it stands', command: `azdock extension ${first} show` }] },
  );
}

function actionOf(word: string | undefined): ExtensionAction | undefined {
  return ACTIONS.find((action) => action === word);
}

/** Flags of `remove` alone, and that which it shares with `set`. */
const OF_REMOVE = ['purge', 'yes'];
const SHARED = 'restart-containers';

/**
 * Refuses flags of another action, of those that only one has.
 * @param words with each flag as `--name`
 * @param ofSet names of the flags of `set`
 * @throws UsageError naming flag and action
 */
export function refuseOtherFlags(action: ExtensionAction, words: readonly string[], ofSet: readonly string[]): void {
  const end = words.indexOf('--');
  for (const word of end === -1 ? words : words.slice(0, end)) {
    if (!word.startsWith('--')) continue;
    const flag = word.slice(2);
    const owner = OF_REMOVE.includes(flag) ? 'remove' : ofSet.includes(flag) ? 'set' : undefined;
    if (owner === undefined || owner === action || (flag === SHARED && action === 'remove')) continue;
    throw new UsageError(`--${flag} belongs to extension ${owner}, and this is ${action}.`, { resource: word });
  }
}
