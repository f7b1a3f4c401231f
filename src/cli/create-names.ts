import { AzdockError } from '../errors/azdock-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import type { CreateValues } from './create-flags.ts';

/** Machines that one command makes at most: their requests share the limits of one subscription. */
export const MOST_MACHINES = 100;

/** The machines that a command line of `create` asks for. */
export interface CreateNames {
  readonly each: readonly string[];
  /** They were asked for as several, though it may be one: `--count 1 web` makes web1. */
  readonly isSeveral: boolean;
  /** The words of the command line that say so: `--count 3 web`, `web1 web2`. */
  readonly words: string;
}

/**
 * @param typed names as they stand on the command line
 * @param count of `--count`
 * @param onlyOne as docker-machine has it
 * @throws UsageError without a name, with several names beside `--count`, and for too many
 */
export function createNames(typed: readonly string[], count: number | undefined, onlyOne: boolean): CreateNames {
  const [first, ...others] = typed;
  if (onlyOne) refuseSeveral(others, count);
  if (first === undefined) throw new UsageError('No machine name specified: azdock create NAME');
  if (count !== undefined && others.length > 0)
    throw new UsageError(`--count goes with one name, from which it makes several; these are ${typed.length}.`, {
      resource: '--count',
      nextSteps: [{ label: 'Those names', command: `azdock create ${typed.join(' ')}` }],
    });
  const each = count === undefined ? typed : Array.from({ length: count }, (_none, index) => `${first}${index + 1}`);
  if (each.length > MOST_MACHINES)
    throw new UsageError(`At most ${MOST_MACHINES} machines are made by one command, and these are ${each.length}.`, {
      resource: count === undefined ? 'NAME' : '--count',
    });
  const isSeveral = count !== undefined || others.length > 0;
  return { each, isSeveral, words: count === undefined ? typed.join(' ') : `--count ${count} ${first}` };
}

/** docker-machine's words (docker/machine:commands/create.go). */
function refuseSeveral(others: readonly string[], count: number | undefined): void {
  if (others.length > 0) throw new UsageError(`Invalid command line. Found extra arguments [${others.join(' ')}]`);
  if (count !== undefined)
    throw new UsageError('--count is for azdock create: called as docker-machine, one machine is made.', {
      resource: '--count',
    });
}

/**
 * What one of several machines is asked to be. A DNS label gets the machine's number; what only one machine can have is refused.
 *
 * @param number of the machine, from 1
 * @throws UsageError naming the flag
 */
export function valuesOfOne(values: CreateValues, number: number): CreateValues {
  const { azure, driver } = values;
  if (driver !== 'azure')
    throw new UsageError(`Several machines at once come from driver azure; driver ${driver} has one host.`, {
      resource: '--driver',
    });
  if (azure.privateIpAddress !== undefined)
    throw new UsageError('--azure-private-ip-address: several machines cannot have the same address.', {
      resource: '--azure-private-ip-address',
    });
  const { dnsLabel } = azure;
  if (dnsLabel === undefined) return values;
  return { ...values, azure: { ...azure, dnsLabel: `${dnsLabel}${number}` } };
}

/** A failure of the checks, with the names as they were typed in commands that speak of the first of the machines. */
export function inTypedWords(error: unknown, { each: [first = ''], words }: CreateNames): unknown {
  if (!(error instanceof AzdockError)) return error;
  const begin = `azdock create ${first}`;
  const nextSteps = error.nextSteps.map(({ command, ...step }) => ({
    ...step,
    command:
      command.startsWith(`${begin} `) && !command.includes(' --resume')
        ? `azdock create ${words}${command.slice(begin.length)}`
        : command,
  }));
  return Object.defineProperties(error, { nextSteps: { value: nextSteps, enumerable: true } });
}
