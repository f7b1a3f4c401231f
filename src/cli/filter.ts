import { UsageError } from '../errors/usage-error.ts';
import { parseNamePattern } from './filter-pattern.ts';
import type { Matcher } from './match-in-time.ts';

/** What `ls --filter` asks for. A list that is empty asks for nothing; in a list, one match is enough; all lists must match. */
export interface MachineFilter {
  readonly drivers: readonly string[];
  readonly states: readonly string[];
  /** Names of swarm masters. */
  readonly swarms: readonly string[];
  readonly names: readonly Matcher[];
  readonly labels: readonly { readonly key: string; readonly value: string }[];
}

/** What is known of a machine without asking anyone. */
export interface FilteredMachine {
  readonly name: string;
  readonly driver: string;
  /** The name of its swarm's master; empty without one. */
  readonly swarm: string;
  /** Engine labels, each `key=value`. */
  readonly labels: readonly string[];
}

/**
 * Parses the values of `--filter`: `driver`, `state`, `swarm`, `name` (a regular expression that may match anywhere in the
 * name) and `label` (`label=key=value`). Keys may be in upper case (docker/machine:commands/ls.go).
 *
 * @throws UsageError for another key, a value without `=`, and an invalid regular expression.
 */
export function parseFilters(filters: readonly string[]): MachineFilter {
  const drivers: string[] = [];
  const states: string[] = [];
  const swarms: string[] = [];
  const names: Matcher[] = [];
  const labels: { key: string; value: string }[] = [];
  for (const filter of filters) {
    const [key, value] = splitOnce(filter);
    switch (key.toLowerCase()) {
      case 'driver':
        drivers.push(value);
        break;
      case 'state':
        states.push(value);
        break;
      case 'swarm':
        swarms.push(value);
        break;
      case 'name':
        names.push(parseNamePattern(value));
        break;
      case 'label': {
        const [label, wanted] = splitOnce(value);
        labels.push({ key: label, value: wanted });
        break;
      }
      default:
        throw new UsageError(`Unsupported filter key '${key}'`, { resource: '--filter' });
    }
  }
  return { drivers, states, swarms, names, labels };
}

function splitOnce(text: string): [key: string, value: string] {
  const at = text.indexOf('=');
  if (at === -1) throw new UsageError('Unsupported filter syntax', { resource: '--filter' });
  return [text.slice(0, at), text.slice(at + 1)];
}

/**
 * Whether a machine passes all but the `state` filters, which cost a question to Azure: {@link passesState}.
 * @throws UsageError for a regular expression that takes too long
 */
export function passesRecord(filter: MachineFilter, machine: FilteredMachine): boolean {
  return (
    passes(filter.drivers, (driver) => isSame(driver, machine.driver)) &&
    passes(filter.swarms, (swarm) => isSame(swarm, machine.swarm)) &&
    passes(filter.names, (matches) => matches(machine.name)) &&
    passes(filter.labels, ({ key, value }) => machine.labels.some((label) => isLabel(label, key, value)))
  );
}

/** Whether a state, as `ls` shows it, passes. docker-machine's machines without a state have the empty one. */
export function passesState(filter: MachineFilter, state: string): boolean {
  return passes(filter.states, (wanted) => isSame(wanted, state));
}

function passes<T>(wanted: readonly T[], matches: (one: T) => boolean): boolean {
  return wanted.length === 0 || wanted.some(matches);
}

function isLabel(label: string, key: string, value: string): boolean {
  const at = label.indexOf('=');
  return at !== -1 && label.slice(0, at) === key && isSame(label.slice(at + 1), value);
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
