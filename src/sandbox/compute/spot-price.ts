import type { Size } from './sizes.ts';

/** What a core costs as spot, in the sandbox: of the order of what Azure asks, and never changing. US dollars an hour. */
const perCore = 0.01;

/** US dollars an hour, to five places as Azure has them: https://learn.microsoft.com/azure/virtual-machines/spot-vms#pricing */
export function spotPriceOf(size: Size): number {
  return Number((size.vCpus * perCore).toFixed(5));
}
