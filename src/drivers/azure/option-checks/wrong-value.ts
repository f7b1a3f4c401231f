import { UsageError } from '../../../errors/usage-error.ts';

/** @param flag without `--azure-` @param what what is wrong, or what was expected @throws UsageError always */
export function wrongValue(flag: string, value: unknown, what: string): never {
  throw new UsageError(`--azure-${flag} ${JSON.stringify(value)}: ${what}.`, { resource: `--azure-${flag}` });
}

/** Two flags that exclude each other, or one that does nothing without another. @throws UsageError always */
export function wrongTogether(flag: string, what: string): never {
  throw new UsageError(`--azure-${flag}: ${what}.`, { resource: `--azure-${flag}` });
}
