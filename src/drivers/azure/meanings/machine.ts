import type { Meaning } from '../arm-meanings.ts';

/** What Azure does not make of what it is asked for. Much of it has the code InvalidParameter, and only the text says which. */
export const machineMeanings: readonly Meaning[] = [
  {
    codes: /^(PlatformImageNotFound|ImageNotFound|GalleryImageNotFound|ImageDeprecated)$/,
    kind: 'other',
    why: ({ options }) => `${options.location} has no image ${options.image}`,
    next: 'another-image',
  },
  {
    codes: /^(MarketplacePurchaseEligibilityFailed|ResourcePurchaseValidationFailed)$/,
    text: /terms/i,
    kind: 'other',
    why: ({ options }) =>
      `the terms of the plan of image ${options.image} have not been accepted for this subscription`,
    next: 'accept-terms',
  },
  {
    codes: /^(MarketplacePurchaseEligibilityFailed|ResourcePurchaseValidationFailed)$/,
    kind: 'policy',
    why: ({ options }) => `this subscription may not buy the plan of image ${options.image}`,
    next: 'another-image',
  },
  {
    codes: /^VMMarketplaceInvalidInput$/,
    kind: 'other',
    why: ({ options }) => `image ${options.image} is sold under another plan than the one that was named`,
    next: 'name-plan',
  },
  {
    codes: /^(InvalidParameter|BadRequest|OperationNotAllowed|NotSupported)$/,
    text: /encryption ?at ?host/i,
    kind: 'other',
    why: ({ options }) => `this subscription, or ${options.size}, has no encryption at host`,
    next: 'register-encryption',
  },
  {
    codes: /^(InvalidParameter|BadRequest|OperationNotAllowed)$/,
    text: /trusted ?launch/i,
    kind: 'other',
    why: ({ options }) => `image ${options.image} or ${options.size} has no Trusted Launch`,
    next: 'standard-security',
  },
  {
    codes: /^(NotSupported|InvalidParameter|OperationNotAllowed|BadRequest)$/,
    text: /ephemeral (os )?(disk|vm)|DiffDisk/i,
    kind: 'other',
    why: ({ options }) => `${options.size} has no room for an ephemeral OS disk of that size there`,
    next: 'managed-disk',
  },
  {
    codes: /^(InvalidParameter|OperationNotAllowed|ResizeDiskError)$/,
    text: /smaller than the size of the corresponding disk|osDisk\.diskSizeGB/i,
    kind: 'other',
    why: ({ options }) => `image ${options.image} does not fit on a disk of that size`,
    next: 'usual-disk-size',
  },
  {
    codes: /^(InvalidParameter|OperationNotAllowed)$/,
    text: /storage account type|maximum number of data disks|cannot boot hypervisor generation|CPU Architecture/i,
    kind: 'other',
    why: ({ options }, text) =>
      /data disks/i.test(text)
        ? `${options.size} takes fewer data disks`
        : /storage account/i.test(text)
          ? `${options.size} takes no disks of that kind`
          : `${options.size} cannot run image ${options.image}`,
    next: 'another-size',
  },
  {
    codes: /^InvalidParameter$/,
    text: /fault domain count/i,
    kind: 'other',
    why: ({ options }) => `${options.location} does not have that many fault domains`,
    next: 'two-fault-domains',
  },
  {
    codes:
      /^(InvalidAvailabilityZone|AvailabilityZoneNotSupported|ResourceTypeNotSupportAvailabilityZones|LocationNotSupportAvailabilityZones)$/,
    kind: 'other',
    why: ({ options }) => `${options.location} has no zone ${options.availabilityZone ?? ''}`.trimEnd(),
    next: 'another-zone',
  },
  {
    codes: /^(StorageAccountNotFound|InvalidStorageAccount\w*|StorageAccount\w*)$/,
    kind: 'other',
    why: ({ options }) => `${options.bootDiagnostics} cannot take its boot log`,
    next: 'managed-diagnostics',
  },
  {
    codes: /^OSProvisioning(TimedOut|ClientError)$/,
    kind: 'other',
    why: () => 'its operating system did not come up in time',
  },
];
