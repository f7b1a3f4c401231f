import type { AzureMachine } from '../azure-machine.ts';
import { isThere } from '../delete-resource.ts';
import { remakeAddress } from '../make-network.ts';
import type { Making } from '../making.ts';
import { Removal, type Targets } from '../remove-own.ts';
import { parseResourceId } from '../resource-id.ts';

/**
 * Makes room for the next attempt at a VM. A VM that failed late has left a record, its disks, and a NIC that is kept for it; what is
 * in a zone fits no machine in another one. All of that is deleted, and address and NIC are made anew. Where Azure refused the
 * VM at once and the zone stays, there is nothing to do.
 *
 * @throws ArmError when something cannot be deleted or made
 */
export async function clearAway(making: Making, next: AzureMachine): Promise<void> {
  const { machine, creation, signal } = making;
  const moves = machine.options.availabilityZone !== next.options.availabilityZone;
  if (!moves && !(await isThere(machine, machine.names.ids.vm, signal))) return;
  const removal = new Removal(machine, creation.journal, signal);
  await removal.deleteVirtualMachine(ownBut(making));
  const [refusal] = removal.refusals;
  if (refusal !== undefined) throw refusal.error;
  await remakeAddress({ ...making, machine: next });
}

/** What the journal names of the machine's own, but its firewall, which fits any VM in the region. */
function ownBut({ creation }: Making): Targets {
  const own = creation.journal.entries.filter(({ shared }) => !shared).map(({ id }) => id);
  const of = (type: string) => own.filter((id) => parseResourceId(id)?.type === type);
  return {
    vms: of('microsoft.compute/virtualmachines'),
    extensions: [],
    disks: of('microsoft.compute/disks'),
    nics: of('microsoft.network/networkinterfaces'),
    publicIps: of('microsoft.network/publicipaddresses'),
    firewalls: [],
  };
}
