import { type Candidates, NOTHING, words } from './candidates.ts';
import type { Known } from './known.ts';

/** docker-machine's words for states (docker/machine:libmachine/state/state.go), and azdock's own for a lost VM. */
const STATES = ['Running', 'Paused', 'Saved', 'Stopped', 'Stopping', 'Starting', 'Error', 'Timeout', 'NotFound'];

/** What a filter's value is completed from: the keys that its summary names as `key=`, and what is known of machines. */
export interface FilterKnown {
  readonly known: Known;
  readonly summary: string;
}

/** How a value of a verb's `--filter` could end: keys first, then what a key can have. */
export function filterValues(typed: string, { known, summary }: FilterKnown): Candidates {
  const equals = typed.indexOf('=');
  if (equals === -1) {
    const keys = [...summary.matchAll(/\b[a-z]+=/g)].map(([key]) => key);
    return { ...words(keys.sort()), isOpen: true };
  }
  const key = typed.slice(0, equals);
  const values = isAboutMachines(summary) ? valuesOf(key.toLowerCase(), known) : listed(key.toLowerCase(), summary);
  return values.length === 0 ? NOTHING : words(values.map((value) => `${key}=${value}`));
}

/** Only `ls` filters by states. */
function isAboutMachines(summary: string): boolean {
  return summary.includes('state=');
}

/** Values that the summary lists behind the key: `feature= (burstable, spot)`. */
function listed(key: string, summary: string): readonly string[] {
  const [, list = ''] = new RegExp(`\\b${key.replace(/\W/g, '')}= \\(([^)]*,[^)]*)\\)`).exec(summary) ?? [];
  return list.split(', ').filter((word) => /^[\w-]+$/.test(word));
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
