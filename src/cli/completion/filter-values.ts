import { type Candidates, NOTHING, words } from './candidates.ts';
import type { Known } from './known.ts';

const KEYS = ['driver', 'label', 'name', 'state', 'swarm'];

/** docker-machine's words for states (docker/machine:libmachine/state/state.go), and azdock's own for a lost VM. */
const STATES = ['Running', 'Paused', 'Saved', 'Stopped', 'Stopping', 'Starting', 'Error', 'Timeout', 'NotFound'];

/** How a value of `ls --filter` could end: keys first, then what a key can have. */
export function filterValues(typed: string, known: Known): Candidates {
  const equals = typed.indexOf('=');
  if (equals === -1) return { ...words(KEYS.map((key) => `${key}=`)), isOpen: true };
  const key = typed.slice(0, equals);
  const values = valuesOf(key.toLowerCase(), known);
  return values.length === 0 ? NOTHING : words(values.map((value) => `${key}=${value}`));
}

function valuesOf(key: string, known: Known): readonly string[] {
  switch (key) {
    case 'driver':
      return ['azure', 'generic', 'none'];
    case 'state':
      return STATES;
    case 'name':
      return known.machines().map(({ name }) => name);
    case 'label':
      // bash puts candidates on the line as they are: nothing that it would run.
      return known.labels().filter((label) => /^[\w./:@%+,=-]+$/.test(label));
    default:
      return [];
  }
}
