import { option } from '@oclif/core/flags';
import { repeated, wholeNumber } from '../flags.ts';
import { ephemeralPlacements } from './choices.ts';
import { azure } from './flag.ts';

const DISKS = 'Azure: disks';

/** What it keeps its data on. */
export const diskFlags = {
  'azure-storage-type': azure('STORAGE_TYPE', {
    helpValue: 'SKU',
    summary: 'Kind of the managed disk [default: StandardSSD_LRS]',
    helpGroup: DISKS,
  }),
  'azure-disk-size': wholeNumber({
    env: 'AZURE_DISK_SIZE',
    helpValue: 'GIB',
    summary: "Size of the disk in GiB [default: the image's]",
    helpGroup: DISKS,
  }),
  'azure-ephemeral-os-disk': option({
    options: [...ephemeralPlacements],
    env: 'AZDOCK_AZURE_EPHEMERAL_OS_DISK',
    helpValue: 'WHERE',
    summary:
      'Keep the system on a disk of the physical host, free and fast, and lost when the machine is moved: auto, cache, resource or nvme [default: a managed disk]',
    helpGroup: DISKS,
  })(),
  'azure-data-disk': repeated({
    env: 'AZDOCK_AZURE_DATA_DISK',
    helpValue: 'GIB[:SKU[:PATH]]',
    summary: 'A further disk; the first one holds /var/lib/docker unless a path says otherwise; may be repeated',
    helpGroup: DISKS,
  }),
};
