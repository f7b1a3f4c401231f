import { UsageError } from '../errors/usage-error.ts';
import { azureFlags } from './azure-flags.ts';
import { genericFlags } from './generic-flags.ts';
import { noneFlags } from './none-flags.ts';

/** Flags that only one driver takes, by its name. */
const BY_DRIVER: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  azure: azureFlags,
  generic: genericFlags,
  none: noneFlags,
};

/**
 * Refuses flags of other drivers among the words of a command line. Their variables do no harm: they are there for when that driver is
 * meant.
 *
 * @param words as typed
 * @throws UsageError naming the flag and its driver
 */
export function refuseFlagsOfOthers(driver: string, words: readonly string[]): void {
  const end = words.indexOf('--');
  for (const word of end === -1 ? words : words.slice(0, end)) {
    const name = word.replace(/^--?(no-)?/, '').replace(/=.*$/s, '');
    const owner = word.startsWith('-') ? ownerOf(name) : undefined;
    if (owner === undefined || owner === driver) continue;
    throw new UsageError(`--${name} belongs to driver ${owner}, and the machine is to come from driver ${driver}.`, {
      resource: `--${name}`,
      nextSteps: [{ label: `For driver ${owner}`, command: `azdock create --driver ${owner} --${name} … NAME` }],
    });
  }
}

/** Names of the flags that do not go with a driver. None for a driver that there is not. */
export function flagsOfOthers(driver: string): ReadonlySet<string> {
  if (!Object.hasOwn(BY_DRIVER, driver)) return new Set();
  const others = Object.entries(BY_DRIVER).filter(([name]) => name !== driver);
  return new Set(others.flatMap(([, flags]) => Object.keys(flags)));
}

function ownerOf(flag: string): string | undefined {
  return Object.entries(BY_DRIVER).find(([, flags]) => Object.hasOwn(flags, flag))?.[0];
}
