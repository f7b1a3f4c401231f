import type { Resource } from '../../state/resource.ts';
import type { MachineProperties } from '../machine-shape.ts';
import { operationNotAllowed } from '../problems.ts';
import type { Size } from '../sizes.ts';
import { spotPriceOf } from '../spot-price.ts';

/** True for a machine that Azure may take away. `Low` is the old word for it. */
export function isSpot({ priority }: Pick<MachineProperties, 'priority'>): boolean {
  return priority === 'Spot' || priority === 'Low';
}

/**
 * What goes with spot and what does not: https://learn.microsoft.com/azure/virtual-machines/error-codes-spot
 *
 * @throws ArmProblem 409
 */
export function checkSpot(machine: Resource, properties: MachineProperties, size: Size): void {
  const { evictionPolicy, billingProfile, availabilitySet, storageProfile } = properties;
  const maxPrice = billingProfile?.maxPrice;
  if (!isSpot(properties)) {
    if (evictionPolicy !== undefined)
      throw operationNotAllowed('Eviction policy can be set only on Azure Spot Virtual Machines.', 'evictionPolicy');
    if (maxPrice !== undefined)
      throw operationNotAllowed('Max price is supported only for Azure Spot Virtual Machines.', 'billingProfile');
    return;
  }
  // https://learn.microsoft.com/azure/virtual-machines/ephemeral-os-disks-faq: what cannot be deallocated can only be deleted.
  if (storageProfile.osDisk.diffDiskSettings && evictionPolicy !== 'Delete')
    throw operationNotAllowed(
      "Eviction policy 'Deallocate' is not supported for Azure Spot Virtual Machines with an ephemeral OS disk. Use 'Delete'.",
      'evictionPolicy',
    );
  if (availabilitySet)
    throw operationNotAllowed('Azure Spot Virtual Machine is not supported in Availability Set.', 'priority');
  if (!size.lowPriority)
    throw operationNotAllowed(`Azure Spot is not supported for this VM size ${size.name}.`, 'vmSize');
  if (maxPrice === undefined || maxPrice === -1) return;
  if (maxPrice <= 0)
    throw operationNotAllowed(
      'Invalid max price value. The only supported values for max price are -1 or a decimal greater than zero. Max price value of -1 indicates the Azure Spot Virtual Machine will not be evicted for price reasons.',
      'billingProfile.maxPrice',
    );
  const price = spotPriceOf(size);
  if (maxPrice < price)
    throw operationNotAllowed(
      `Unable to perform operation 'Create VM' since the provided max price '${maxPrice} USD' is lower than the current spot price '${price} USD' for Azure Spot VM size '${size.name}' of '${machine.name}'.`,
      'billingProfile.maxPrice',
    );
}
