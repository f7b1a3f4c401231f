import type { PreviewedResource } from '../../driver-preview.ts';
import { findAvailabilitySet } from '../availability-set.ts';
import { type AzureMachine, deed } from '../azure-machine.ts';
import { dataDiskName, dataDisksOf } from '../data-disk.ts';
import { isThere } from '../delete-resource.ts';
import { findProximityGroup, proximityGroupOf } from '../proximity-group.ts';
import { parseResourceId } from '../resource-id.ts';
import { unlessForbidden } from '../unless-forbidden.ts';
import { findSubnet, findVirtualNetwork } from '../virtual-network.ts';

/** Everything that a machine consists of, in an order in which it can be made, and whether it is there. */
export async function previewResources(machine: AzureMachine): Promise<readonly PreviewedResource[]> {
  const found = await Promise.all([
    group(machine),
    ...own(machine, 'Microsoft.Network/networkSecurityGroups', firewall(machine)),
    ...network(machine),
    ...own(machine, 'Microsoft.Network/publicIPAddresses', addresses(machine)),
    ...own(machine, 'Microsoft.Network/networkInterfaces', [machine.names.ids.nic]),
    ...placement(machine),
    ...own(machine, 'Microsoft.Compute/virtualMachines', [machine.names.ids.vm]),
    ...own(machine, 'Microsoft.Compute/disks', disks(machine)),
  ]);
  return [...found, ...given(machine)];
}

function firewall({ names }: AzureMachine): readonly string[] {
  return names.securityGroup === undefined ? [names.ids.firewall] : [];
}

function addresses({ names, options }: AzureMachine): readonly string[] {
  if (options.noPublicIp) return [];
  return [names.ids.publicIp, ...(options.ipv6 ? [names.ids.publicIpV6] : [])];
}

function disks({ name, names, options }: AzureMachine): readonly string[] {
  const place = names.ids.disk.slice(0, names.ids.disk.lastIndexOf('/'));
  return [names.ids.disk, ...[...dataDisksOf(options).keys()].map((lun) => `${place}/${dataDiskName(name, lun)}`)];
}

/** What belongs to the machine alone. */
function own(machine: AzureMachine, type: string, ids: readonly string[]): Promise<PreviewedResource>[] {
  return ids.map(async (id) => {
    const exists = (await unlessForbidden(() => isThere(machine, id, new AbortController().signal))) ?? null;
    return resource({ type, id, exists, action: exists === true ? 'write' : 'make' });
  });
}

/** What machines share is made once, and then only used. */
function shared(
  machine: AzureMachine,
  place: { readonly type: string; readonly id: string },
  isThere: () => Promise<boolean>,
): Promise<PreviewedResource> {
  return machine.batch.share(`whether there is ${place.id}`, async () => {
    const exists = (await unlessForbidden(isThere)) ?? null;
    return resource({ ...place, exists, action: exists === true ? 'use' : 'make' });
  });
}

function group(machine: AzureMachine): Promise<PreviewedResource> {
  const { names, session } = machine;
  const type = 'Microsoft.Resources/resourceGroups';
  return shared(machine, { type, id: names.ids.group }, () =>
    session.call(deed(machine, `find resource group ${names.group}`, names.group), undefined, async (to) => {
      const { body } = await (await to.resources()).resourceGroups.checkExistence(names.group);
      return body;
    }),
  );
}

function network(machine: AzureMachine): Promise<PreviewedResource>[] {
  const { ids } = machine.names;
  const find = () => machine.batch.share('the network', () => findVirtualNetwork(machine));
  return [
    shared(
      machine,
      { type: 'Microsoft.Network/virtualNetworks', id: ids.vnet },
      async () => (await find()) !== undefined,
    ),
    shared(machine, { type: 'Microsoft.Network/virtualNetworks/subnets', id: ids.subnet }, async () => {
      const found = await find();
      return found !== undefined && findSubnet(found, machine) !== undefined;
    }),
  ];
}

function placement(machine: AzureMachine): Promise<PreviewedResource>[] {
  const { availabilitySet, ids } = machine.names;
  const near = proximityGroupOf(machine);
  const set = ids.availabilitySet;
  return [
    ...(near === undefined
      ? []
      : [
          shared(machine, { type: 'Microsoft.Compute/proximityPlacementGroups', id: near.id }, async () =>
            Boolean(await findProximityGroup(machine, near)),
          ),
        ]),
    ...(set === undefined || availabilitySet === undefined
      ? []
      : [
          shared(machine, { type: 'Microsoft.Compute/availabilitySets', id: set }, async () =>
            Boolean(await findAvailabilitySet(machine, availabilitySet)),
          ),
        ]),
  ];
}

/** What the user has named, and the checks have found. */
function given({ names, options }: AzureMachine): readonly PreviewedResource[] {
  const group = names.securityGroup === undefined ? [] : [names.securityGroup.id];
  return [
    ...group.map((id) =>
      resource({ type: 'Microsoft.Network/networkSecurityGroups', id, exists: true, action: 'use' }),
    ),
    ...options.identities.map((id) =>
      resource({ type: 'Microsoft.ManagedIdentity/userAssignedIdentities', id, exists: true, action: 'use' }),
    ),
  ];
}

function resource({
  id,
  ...facts
}: { readonly id: string } & Omit<PreviewedResource, 'name' | 'resourceGroup'>): PreviewedResource {
  const resourceGroup = parseResourceId(id)?.group ?? id.split('/').at(-1) ?? '';
  const { type, exists, action } = facts;
  return { type, name: id.split('/').at(-1) ?? id, resourceGroup, exists, action };
}
