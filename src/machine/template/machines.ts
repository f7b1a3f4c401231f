import type { AzureOptions } from '../../drivers/azure/options.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { requireNewName } from '../../store/layout.ts';
import type { Origin } from '../origin.ts';

/** Stands for a machine's number in names. Letters only, so that it can be part of any name. */
export const NUMBER_MARK = 'azdocknumber';

/** A machine of a template. */
export interface TemplateMachine {
  readonly name: string;
  readonly options: AzureOptions;
}

export type AzureOrigin = Extract<Origin, { readonly driver: 'azure' }>;

/** @throws UsageError for machines of other drivers */
export function requireAzure(origin: Origin): AzureOrigin {
  if (origin.driver === 'azure') return origin;
  throw new UsageError(`Templates are Azure's: a machine of driver ${origin.driver} has none.`, {
    resource: '--driver',
  });
}

/**
 * The machines of a template: one of that name, or NAME1 to NAMEn.
 *
 * @throws UsageError for names that cannot be, and for what only one machine can have
 */
export function templateMachines(
  name: string,
  options: AzureOptions,
  count: number | undefined,
): readonly [TemplateMachine, ...TemplateMachine[]] {
  if (count !== undefined && options.privateIpAddress !== undefined)
    throw new UsageError(`--azure-private-ip-address names one address, and there are to be several machines.`, {
      resource: '--azure-private-ip-address',
    });
  requireNewName(count === undefined ? name : `${name}${count}`);
  const numbers = Array.from({ length: Math.max(count ?? 1, 1) - 1 }, (_item, index) => String(index + 2));
  const first = count === undefined ? '' : '1';
  return [numbered(name, options, first), ...numbers.map((number) => numbered(name, options, number))];
}

/** The one that stands for all in a loop. */
export function loopMachine(name: string, options: AzureOptions): TemplateMachine {
  return numbered(name, options, NUMBER_MARK);
}

/** A DNS label belongs to one machine, so each gets its number. */
function numbered(name: string, options: AzureOptions, number: string): TemplateMachine {
  const { dnsLabel } = options;
  return {
    name: `${name}${number}`,
    options: { ...options, dnsLabel: dnsLabel === undefined ? undefined : `${dnsLabel}${number}` },
  };
}
