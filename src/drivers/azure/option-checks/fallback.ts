import { UsageError } from '../../../errors/usage-error.ts';
import { parseWish, wishOf } from '../fallback/wish.ts';
import type { AzureOptions } from '../options.ts';

/** What may be had instead of the size and zone that are asked for. @throws UsageError naming the flag */
export function checkFallbackOptions(options: AzureOptions): void {
  for (const text of options.fallback) {
    const wish = parseWish(text, wishOf(options));
    if (wish === undefined)
      refuse(text, 'expected a size such as Standard_D2s_v5, a size and a zone such as Standard_D2s_v5@2, or zone:2');
    else if (wish.zone !== undefined && options.availabilitySet !== undefined)
      refuse(text, 'a machine in an availability set is in no zone');
  }
}

function refuse(text: string, what: string): never {
  throw new UsageError(`--fallback ${JSON.stringify(text)}: ${what}.`, { resource: '--fallback' });
}
