import { UsageError } from '../../errors/usage-error.ts';
import { type AzureOptions, azureDefaults } from './options.ts';

/** Canonical's old offer: 14.04 to 18.04, all past their end and gone from the marketplace. */
const oldUbuntu = /^canonical:ubuntuserver:/i;
/** Basic_A and A0 to A11 of the first generation, retired on 31 August 2024. `Standard_A2_v2` is another series. */
const oldSizes = /^(basic_a\d+|standard_a\d+)$/i;
/** Kinds of storage accounts, which held the disks of docker-machine's VMs, that are no kinds of managed disks. */
const accountKinds: Readonly<Record<string, string>> = {
  standard_grs: 'StandardSSD_LRS',
  standard_ragrs: 'StandardSSD_LRS',
  standard_zrs: 'StandardSSD_ZRS',
};

/**
 * docker-machine's own defaults and their kin stand in scripts and runners' configurations all over. Where a value can only
 * fail today, the default takes its place, and a line says so.
 *
 * @throws UsageError for a cloud that no longer exists: nothing can stand in for that
 */
export function replaceRetired(asked: AzureOptions): { options: AzureOptions; warnings: readonly string[] } {
  const warnings: string[] = [];
  let options = asked;
  if (/^azuregermancloud$/i.test(asked.environment))
    throw new UsageError('--azure-environment AzureGermanCloud: Microsoft closed that cloud on 29 October 2021.');
  if (oldUbuntu.test(asked.image)) {
    warnings.push(`${asked.image} is no longer on the Azure marketplace; using ${azureDefaults.image}.`);
    options = { ...options, image: azureDefaults.image };
  }
  if (oldSizes.test(asked.size)) {
    warnings.push(`Azure has retired ${asked.size}; using ${azureDefaults.size}.`);
    options = { ...options, size: azureDefaults.size };
  }
  const disk = accountKinds[asked.storageType.toLowerCase()];
  if (disk !== undefined) {
    warnings.push(`${asked.storageType} is no kind of managed disk; using ${disk}.`);
    options = { ...options, storageType: disk };
  }
  if (asked.availabilityZone !== undefined && asked.availabilitySet !== undefined) {
    warnings.push(
      `A machine in zone ${asked.availabilityZone} cannot be in an availability set; ${asked.availabilitySet} is left out.`,
    );
    options = { ...options, availabilitySet: undefined };
  } else if (asked.availabilitySet === undefined && (asked.faultDomainCount ?? asked.updateDomainCount) !== undefined)
    warnings.push(
      'Counts of domains belong to an availability set, and without --azure-availability-set there is none.',
    );
  if (asked.staticPublicIp)
    warnings.push('Public IPs on Azure are always static today; --azure-static-public-ip changes nothing.');
  return { options, warnings };
}
