import { flag, integer, list, object, oneOf, optional, readOnly, text } from '../shape.ts';
import { diskSkus } from './disk.ts';
import { notPlayed } from './not-played.ts';

const managedDisk = object({
  id: optional(text),
  storageAccountType: optional(oneOf(...diskSkus)),
  diskEncryptionSet: notPlayed('disk encryption sets'),
  securityProfile: readOnly,
});

const caching = optional(oneOf('None', 'ReadOnly', 'ReadWrite'));
const deleteOption = optional(oneOf('Delete', 'Detach'));

const osDisk = object({
  name: optional(text),
  createOption: oneOf('FromImage', 'Attach', 'Empty', 'Copy', 'Restore'),
  caching,
  diskSizeGB: optional(integer),
  managedDisk: optional(managedDisk),
  deleteOption,
  osType: optional(oneOf('Linux', 'Windows')),
  writeAcceleratorEnabled: optional(flag),
  diffDiskSettings: optional(
    object({ option: optional(oneOf('Local')), placement: optional(oneOf('CacheDisk', 'ResourceDisk', 'NvmeDisk')) }),
  ),
  vhd: notPlayed('disks that are blobs'),
  image: notPlayed('disks that are blobs'),
  encryptionSettings: notPlayed('Azure Disk Encryption'),
});

const dataDisk = object({
  lun: integer,
  name: optional(text),
  createOption: oneOf('Empty', 'Attach', 'FromImage', 'Copy', 'Restore'),
  caching,
  diskSizeGB: optional(integer),
  managedDisk: optional(managedDisk),
  deleteOption,
  writeAcceleratorEnabled: optional(flag),
  toBeDetached: optional(flag),
  detachOption: optional(oneOf('ForceDetach')),
  diskIOPSReadWrite: readOnly,
  diskMBpsReadWrite: readOnly,
  vhd: notPlayed('disks that are blobs'),
  image: notPlayed('disks that are blobs'),
  sourceResource: notPlayed('data disks made from other resources'),
});

/** `storageProfile` of a virtual machine. */
export const storageShape = object({
  imageReference: optional(
    object({
      publisher: optional(text),
      offer: optional(text),
      sku: optional(text),
      version: optional(text),
      exactVersion: readOnly,
      id: optional(text),
      sharedGalleryImageId: optional(text),
      communityGalleryImageId: optional(text),
    }),
  ),
  osDisk,
  dataDisks: optional(list(dataDisk)),
  diskControllerType: optional(oneOf('SCSI', 'NVMe')),
  alignRegionalDisksToVMZone: optional(flag),
});
