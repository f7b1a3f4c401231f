import type { MachineProperties } from '../machine-shape.ts';
import { invalid } from '../problems.ts';

/** Where the boot log goes, if not where Azure chooses: the blob endpoint of a storage account. @throws ArmProblem 400 */
export function checkDiagnostics({ diagnosticsProfile }: MachineProperties): void {
  const { storageUri } = diagnosticsProfile?.bootDiagnostics ?? {};
  // Names of storage accounts: https://learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-name
  if (storageUri === undefined || /^https?:\/\/[a-z0-9]{3,24}\.(z\d+\.)?blob\.[a-z0-9.-]+(:\d+)?\/?$/i.test(storageUri))
    return;
  throw invalid(
    'bootDiagnostics.storageUri',
    `The storage uri '${storageUri}' of boot diagnostics is not the blob endpoint of a storage account.`,
  );
}
