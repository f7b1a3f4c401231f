/** One value of `--azure-data-disk`, taken apart. */
export interface DataDiskOption {
  readonly sizeGiB: number;
  /** As Azure spells it; undefined: as the OS disk's. */
  readonly sku: string | undefined;
  /** Where the host mounts it. Undefined: nowhere, it is left as it is. */
  readonly path: string | undefined;
}

/** Where the engine keeps images, containers and volumes. */
export const ENGINE_DATA = '/var/lib/docker';

/** SKUs that an OS disk can have (Microsoft.Compute, DiskStorageAccountTypes). */
export const osDiskSkus = ['Standard_LRS', 'StandardSSD_LRS', 'StandardSSD_ZRS', 'Premium_LRS', 'Premium_ZRS'] as const;
/** Those that only a data disk can have. */
export const fastDiskSkus = ['PremiumV2_LRS'] as const;

/** Azure's spelling of a disk's SKU, whatever the case; undefined when there is no such SKU. */
export function diskSku(text: string): string | undefined {
  return [...osDiskSkus, ...fastDiskSkus].find((sku) => sku.toLowerCase() === text.toLowerCase());
}

/**
 * Reads values of `--azure-data-disk`: `GIB[:SKU[:PATH]]`. The first one's path is {@link ENGINE_DATA} when none stands there.
 *
 * @returns undefined in place of those that cannot be read; an unknown SKU is left as it was written
 */
export function parseDataDisks(texts: readonly string[]): readonly (DataDiskOption | undefined)[] {
  return texts.map((text, index) => {
    const [, size = '', sku = '', path = ''] = /^(\d{1,5})(?::([^:]*)(?::([^:]+))?)?$/.exec(text.trim()) ?? [];
    if (size === '') return undefined;
    const usual = index === 0 ? ENGINE_DATA : undefined;
    return {
      sizeGiB: Number(size),
      sku: sku === '' ? undefined : (diskSku(sku) ?? sku),
      path: path === '' ? usual : path.replace(/(?<=.)\/+$/, ''),
    };
  });
}

/** The disks of options that have been checked, in the order of their logical unit numbers. */
export function dataDisksOf({ dataDisks }: { readonly dataDisks: readonly string[] }): readonly DataDiskOption[] {
  return parseDataDisks(dataDisks).filter((disk) => disk !== undefined);
}

/** Name of a data disk of a machine. @param lun its logical unit number, from 0 */
export function dataDiskName(machine: string, lun: number): string {
  return `${machine}-data-${lun}`;
}
