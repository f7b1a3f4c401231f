import type { Journal } from '../../creation.ts';
import type { AzureMachine } from '../azure-machine.ts';
import { findTargets, Removal } from '../remove-own.ts';

/**
 * Deletes the VM with its disks, and with it, as Azure has it, NIC and public addresses. Without a VM those stay, unless they are to
 * go, too. The firewall stays: it fits any VM in the region.
 *
 * @throws ArmError when something cannot be deleted
 */
export async function clearRemains(
  machine: AzureMachine,
  { address }: { readonly address: boolean },
  journal: Journal,
  signal: AbortSignal,
): Promise<void> {
  const targets = await findTargets(machine, journal, signal);
  const removal = new Removal(machine, journal, signal);
  const kept = address ? {} : { nics: [], publicIps: [] };
  await removal.deleteVirtualMachine({ ...targets, ...kept, firewalls: [] });
  const [refusal] = removal.refusals;
  if (refusal !== undefined) throw refusal.error;
}
