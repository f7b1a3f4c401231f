import { parseImageSource } from '../image-source.ts';
import type { AzureOptions } from '../options.ts';
import { parsePlan } from '../plan.ts';
import { parseResourceId } from '../resource-id.ts';
import { wrongTogether, wrongValue } from './wrong-value.ts';

/** Values of osProfile.adminUsername that Azure refuses (Microsoft.Compute 2024-07-01, OSProfile). */
const refusedUsers = new Set(
  (
    'administrator admin user user1 test user2 test1 user3 admin1 1 123 a actuser adm admin2 aspnet backup console david ' +
    'guest john owner root server sql support support_388945a0 sys test2 test3 user4 user5'
  ).split(' '),
);

/** What the virtual machine is. @throws UsageError naming the flag */
export function checkMachineOptions(options: AzureOptions): void {
  const { sshUser, image, plan, identities, bootDiagnostics } = options;
  if (!/^[a-z_][-a-z0-9_]{0,31}$/.test(sshUser) || refusedUsers.has(sshUser))
    wrongValue('ssh-user', sshUser, 'Azure does not allow this name for the first user');
  if (parseImageSource(image) === undefined)
    wrongValue(
      'image',
      image,
      "expected publisher:offer:sku:version, an alias such as Ubuntu2404, or the resource id of an image or of a gallery's image",
    );
  if (plan !== undefined && parsePlan(plan) === undefined) wrongValue('plan', plan, 'expected publisher:product:plan');
  for (const id of identities)
    if (parseResourceId(id)?.type !== 'microsoft.managedidentity/userassignedidentities')
      wrongValue('identity', id, 'expected the resource id of a user-assigned identity');
  if (!isPlace(bootDiagnostics))
    wrongValue('boot-diagnostics', bootDiagnostics, 'expected managed, none, or the https URL of a storage account');
}

/** A Spot VM, and what goes with nothing else. @throws UsageError naming the flag */
export function checkSpotOptions(options: AzureOptions): void {
  const { spot, spotMaxPrice, spotEvictionPolicy, availabilitySet, ephemeralOsDisk } = options;
  if (!spot) {
    if (spotMaxPrice !== undefined) wrongTogether('spot-max-price', 'it goes with --azure-spot');
    if (spotEvictionPolicy !== undefined) wrongTogether('spot-eviction-policy', 'it goes with --azure-spot');
    return;
  }
  // AzureSpotVMNotSupportedInAvailabilitySet (learn.microsoft.com, "Error messages for Azure Spot Virtual Machines").
  if (availabilitySet !== undefined)
    wrongTogether('spot', `a Spot VM cannot be in an availability set (--azure-availability-set ${availabilitySet})`);
  if (spotMaxPrice !== undefined && !isPrice(spotMaxPrice))
    wrongValue('spot-max-price', spotMaxPrice, 'US dollars an hour, above 0, with at most five decimals');
  if (ephemeralOsDisk !== undefined && spotEvictionPolicy === 'deallocate')
    wrongValue(
      'spot-eviction-policy',
      spotEvictionPolicy,
      'a machine with an ephemeral OS disk cannot be deallocated; use delete',
    );
}

/** Five decimals at most (Microsoft.Compute, BillingProfile.maxPrice); -1 is Azure's word for the price without Spot. */
function isPrice(text: string): boolean {
  return text === '-1' || (/^\d{1,5}(\.\d{1,5})?$/.test(text) && Number(text) > 0);
}

function isPlace(text: string): boolean {
  if (text === 'managed' || text === 'none') return true;
  if (!URL.canParse(text)) return false;
  const { protocol, pathname, search, hash, username } = new URL(text);
  return protocol === 'https:' && /^\/*$/.test(pathname) && `${search}${hash}${username}` === '';
}
