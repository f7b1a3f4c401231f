import type { RefusalCase } from './refusal-case.ts';

/** What Azure does not make of what it is asked for. In the order of the catalogue. */
export const machineRefusals: readonly RefusalCase[] = [
  {
    code: 'PlatformImageNotFound',
    text: "The platform image 'Canonical:ubuntu-24_04-lts:server:latest' is not available.",
    status: 404,
    at: 'VM',
  },
  {
    code: 'ResourcePurchaseValidationFailed',
    text: 'User failed validation to purchase resources. Error message: You have not accepted the legal terms on this subscription.',
    status: 400,
    at: 'VM',
  },
  {
    code: 'MarketplacePurchaseEligibilityFailed',
    text: 'Marketplace purchase eligibilty check returned errors. Offer is not available for purchase in your market.',
    status: 400,
    at: 'VM',
  },
  {
    code: 'VMMarketplaceInvalidInput',
    text: 'The purchase plan information does not match the image.',
    status: 400,
    at: 'VM',
  },
  {
    code: 'InvalidParameter',
    text: "The property 'securityProfile.encryptionAtHost' is not valid because the 'Microsoft.Compute/EncryptionAtHost' feature is not enabled for this subscription.",
    status: 400,
    at: 'VM',
  },
  {
    code: 'BadRequest',
    text: 'Use of TrustedLaunch setting is not supported for the provided image.',
    status: 400,
    at: 'VM',
  },
  {
    code: 'NotSupported',
    text: 'OS disk of Ephemeral VM with size greater than 16 GB is not allowed for VM size Standard_D2s_v3 when the DiffDiskPlacement is CacheDisk.',
    at: 'VM',
  },
  {
    code: 'OperationNotAllowed',
    text: 'The specified disk size 8 GB is smaller than the size of the corresponding disk in the VM image: 30 GB.',
    at: 'VM',
  },
  {
    code: 'OperationNotAllowed',
    text: 'The maximum number of data disks allowed to be attached to a VM of this size is 4.',
    at: 'VM',
  },
  {
    code: 'InvalidParameter',
    text: 'The specified fault domain count 3 must fall in the range 1 to 2.',
    flags: ['--azure-availability-set', 'set', '--azure-fault-domain-count', '3'],
    status: 400,
    at: 'availability set',
  },
  {
    code: 'InvalidAvailabilityZone',
    text: 'The zone(s) are not valid for this resource.',
    flags: ['--azure-availability-zone', '3'],
    status: 400,
    at: 'public IP',
  },
  {
    code: 'StorageAccountNotFound',
    text: 'The storage account logs was not found.',
    flags: ['--azure-boot-diagnostics', 'https://logs.blob.core.windows.net'],
    status: 404,
    at: 'VM',
  },
  {
    code: 'OSProvisioningTimedOut',
    text: 'OS Provisioning for VM did not finish in the allotted time. The VM may still finish provisioning successfully.',
    at: 'VM operation',
    isKept: true,
  },
];
