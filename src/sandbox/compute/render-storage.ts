import type { World } from '../world.ts';
import type { VirtualMachine } from './virtual-machine.ts';

/** `storageProfile` as Azure shows it: with the disks that came of it. */
export function renderStorage(machine: VirtualMachine, world: World): unknown {
  const { imageReference, osDisk, dataDisks: _wanted, ...rest } = machine.properties.storageProfile;
  const disk = world.state.disks.get(machine.osDiskId);
  return {
    ...rest,
    imageReference: {
      ...imageReference,
      ...(machine.imageVersion === undefined ? {} : { exactVersion: machine.imageVersion }),
    },
    osDisk: {
      ...osDisk,
      osType: 'Linux',
      name: disk?.name ?? osDisk.name,
      caching: osDisk.caching ?? 'ReadWrite',
      deleteOption: osDisk.deleteOption ?? (osDisk.diffDiskSettings ? 'Delete' : 'Detach'),
      diskSizeGB: disk?.sizeGiB ?? osDisk.diskSizeGB,
      managedDisk: { storageAccountType: disk?.sku, id: machine.osDiskId },
    },
    dataDisks: (machine.dataDisks ?? []).map((link) => renderDataDisk(machine, world, link)),
  };
}

function renderDataDisk(
  machine: VirtualMachine,
  world: World,
  { lun, disk: id }: { readonly lun: number; readonly disk: string },
): unknown {
  const asked = machine.properties.storageProfile.dataDisks?.find((one) => one.lun === lun);
  const disk = world.state.disks.get(id);
  return {
    lun,
    name: disk?.name,
    createOption: asked?.createOption ?? 'Attach',
    // https://learn.microsoft.com/azure/virtual-machines/disks-performance: Premium disks are cached for reading by default.
    caching: asked?.caching ?? (disk?.sku === 'Premium_LRS' ? 'ReadOnly' : 'None'),
    deleteOption: asked?.deleteOption ?? 'Detach',
    diskSizeGB: disk?.sizeGiB,
    managedDisk: { storageAccountType: disk?.sku, id },
    toBeDetached: false,
    ...(asked?.writeAcceleratorEnabled === undefined ? {} : { writeAcceleratorEnabled: asked.writeAcceleratorEnabled }),
  };
}
