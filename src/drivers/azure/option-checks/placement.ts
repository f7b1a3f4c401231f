import type { AzureOptions } from '../options.ts';
import { parseResourceId } from '../resource-id.ts';
import { wrongValue } from './wrong-value.ts';

/** Limits of a set of managed disks (learn.microsoft.com, "Availability sets overview"); a region may have two fault domains only. */
const MAX_FAULT_DOMAINS = 3;
const MAX_UPDATE_DOMAINS = 20;

/** Where in its region the machine goes. @throws UsageError naming the flag */
export function checkPlacementOptions(options: AzureOptions): void {
  const { availabilitySet, faultDomainCount, updateDomainCount, availabilityZone, proximityPlacementGroup } = options;
  // Azure: a compute resource's name (learn.microsoft.com, "Naming rules and restrictions", Microsoft.Compute).
  if (availabilitySet !== undefined && !isName(availabilitySet))
    wrongValue('availability-set', availabilitySet, 'letters, digits, _ - and ., at most 80');
  checkCount('fault-domain-count', faultDomainCount, MAX_FAULT_DOMAINS);
  checkCount('update-domain-count', updateDomainCount, MAX_UPDATE_DOMAINS);
  // One fault domain with several update domains is refused by Azure (InvalidParameter, platformUpdateDomainCount).
  if (faultDomainCount === 1 && updateDomainCount !== 1)
    wrongValue('fault-domain-count', 1, 'one fault domain goes only with --azure-update-domain-count 1');
  if (availabilityZone !== undefined && !/^[123]$/.test(availabilityZone))
    wrongValue('availability-zone', availabilityZone, 'a zone is 1, 2 or 3');
  if (proximityPlacementGroup !== undefined) checkGroup(proximityPlacementGroup);
}

function checkCount(flag: string, count: number | undefined, most: number): void {
  if (count !== undefined && (!Number.isInteger(count) || count < 1 || count > most))
    wrongValue(flag, count, `a number from 1 to ${most}`);
}

function checkGroup(text: string): void {
  const flag = 'proximity-placement-group';
  if (text.startsWith('/')) {
    if (parseResourceId(text)?.type !== 'microsoft.compute/proximityplacementgroups')
      wrongValue(flag, text, 'expected the resource id of a proximity placement group');
    return;
  }
  const words = text.split(':');
  if (words.length > 2 || words.some((word) => word === '') || !isName(words.at(-1) ?? ''))
    wrongValue(flag, text, 'expected name, group:name, or a resource id');
}

function isName(text: string): boolean {
  return /^[a-z0-9]([\w.-]{0,78}\w)?$/i.test(text);
}
