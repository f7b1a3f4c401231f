import type { CommandClass } from '../command-class.ts';
import { ANY_FILE, type Candidates, NOTHING, words } from './candidates.ts';
import type { Known } from './known.ts';

/** Verbs that can do nothing with a machine whose creation did not end well. */
const NEED_READY = new Set(
  'config context env exec ip kill mount restart scp ssh stop tunnel upgrade url use'.split(' '),
);

/** Verbs whose names are none that there are. */
const MAKES_NEW = new Set(['create', 'template']);

const EXTENSION_ACTIONS = ['show', 'set', 'remove'];

const TROUBLES: Readonly<Record<string, string>> = {
  creating: 'is being created',
  failed: 'its creation failed',
  removing: 'is being removed',
};

/**
 * How the next argument of a verb could end.
 * @param args those before it
 */
export function argumentValues(verb: string, command: CommandClass, args: readonly string[], known: Known): Candidates {
  const places = Object.entries(command.args);
  const [name, arg] = places[args.length] ?? places.at(-1) ?? [];
  if (name === undefined || arg === undefined) return NOTHING;
  if (args.length >= places.length && arg.multiple !== true) return NOTHING;
  if (arg.options !== undefined) return words(arg.options);
  if (verb === 'extension' && name === 'action') return afterFirst(args, known);
  if (verb === 'scp' || verb === 'mount') return withPlaces(verb, known);
  return !MAKES_NEW.has(verb) && /^names?$/.test(name) ? machines(verb, args, known) : NOTHING;
}

/** What follows a machine is an action, and what follows an action is a machine. */
function afterFirst([first = '']: readonly string[], known: Known): Candidates {
  const isMachine = known.machines().some(({ name }) => name === first);
  return isMachine || !EXTENSION_ACTIONS.includes(first) ? words(EXTENSION_ACTIONS) : machines('extension', [], known);
}

function machines(verb: string, args: readonly string[], known: Known): Candidates {
  const fitting = known
    .machines()
    .filter(({ name, phase }) => !args.includes(name) && (phase === 'ready' || !NEED_READY.has(verb)));
  return {
    candidates: fitting.map(({ name, phase }) => ({ value: name, help: TROUBLES[phase] })),
    files: 'none',
  };
}

/** `MACHINE:` or a path of this computer. */
function withPlaces(verb: string, known: Known): Candidates {
  const names = machines(verb, [], known).candidates.map(({ value }) => ({ value: `${value}:` }));
  return { ...ANY_FILE, candidates: names, isOpen: true };
}
