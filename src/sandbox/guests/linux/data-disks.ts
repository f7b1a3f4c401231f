import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DataDiskSpec } from '../guest-host.ts';
import { dataDiskFile, type SandboxNames } from './names.ts';

/** An image file that a guest has as a block device. */
export interface AttachedDisk {
  readonly lun: number;
  readonly file: string;
}

/** Most file systems take no larger files: 16 TiB less one block is ext4's limit (kernel documentation, filesystems/ext4). */
const largestGiB = 15 * 1024;

/** The disks' image files, made where they are missing. They are sparse: they take what is used. */
export async function ensureDataDisks(
  sandbox: SandboxNames,
  disks: readonly DataDiskSpec[],
): Promise<readonly AttachedDisk[]> {
  return Promise.all(
    disks.map(async ({ id, lun, sizeGiB }) => {
      const file = dataDiskFile(sandbox, id);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const handle = await open(file, 'a', 0o600);
      try {
        const { size } = await handle.stat();
        const wanted = Math.min(sizeGiB, largestGiB) * 1024 ** 3;
        if (size < wanted) await handle.truncate(wanted);
      } finally {
        await handle.close();
      }
      return { lun, file };
    }),
  );
}
