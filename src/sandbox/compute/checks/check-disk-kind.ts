import { invalid } from '../problems.ts';
import type { Size } from '../sizes.ts';

/** Premium disks of all kinds need a size that can take them. @throws ArmProblem 400 */
export function checkDiskKind(size: Size, sku: string | undefined, disk: string): void {
  if (sku === undefined || !/^Premium/.test(sku) || size.premiumStorage) return;
  throw invalid(
    'storageAccountType',
    `Requested operation cannot be performed because the VM size ${size.name} does not support the storage account type ${sku} of disk '${disk}'. Consider updating the VM to a size that supports Premium storage.`,
  );
}
