import * as arm from '../arm/resources.ts';
import type { World } from '../world.ts';
import type { PlacedMachine } from './checks/placed-machine.ts';
import { type Disk, diskType } from './disk.ts';
import type { ImageSource } from './image-source/image-source.ts';
import type { MachineProperties } from './machine-shape.ts';
import { diskExists } from './problems.ts';

type DataDisk = NonNullable<MachineProperties['storageProfile']['dataDisks']>[number];

/** A data disk as a machine has it. */
export interface DataDiskLink {
  readonly lun: number;
  /** Id of the disk. */
  readonly disk: string;
}

export interface MachineDisks {
  readonly osDisk: Disk;
  readonly dataDisks: readonly DataDiskLink[];
  /** Those that are made with the machine. */
  readonly made: readonly Disk[];
}

interface Wanted {
  readonly machine: PlacedMachine;
  readonly properties: MachineProperties;
  readonly source: ImageSource;
}

/** The managed disks that come with a machine, and those that are attached to it. They take over its tags, as Azure's implicit disks do. */
export function makeDisks(world: World, wanted: Wanted): MachineDisks {
  const osDisk = osDiskOf(world, wanted);
  const empty = (wanted.properties.storageProfile.dataDisks ?? [])
    .filter(({ createOption }) => createOption === 'Empty')
    .map((disk) => ({ lun: disk.lun, disk: emptyDisk(world, wanted.machine, disk) }));
  const made = [osDisk, ...empty.map(({ disk }) => disk)];
  const names = made.map(({ name }) => name.toLowerCase());
  const twice = made.find(({ name }, index) => names.indexOf(name.toLowerCase()) !== index);
  if (twice) throw diskExists(twice.name, wanted.machine.group);
  for (const disk of made) world.state.disks.set(disk);
  const attached = (wanted.properties.storageProfile.dataDisks ?? [])
    .filter(({ createOption }) => createOption === 'Attach')
    .map(({ lun, managedDisk }) => ({ lun, disk: attach(world, wanted.machine, managedDisk?.id ?? '') }));
  const dataDisks = [...empty, ...attached].map(({ lun, disk }) => ({ lun, disk: disk.id }));
  return { osDisk, dataDisks: dataDisks.sort((one, other) => one.lun - other.lun), made };
}

function osDiskOf(world: World, { machine, properties, source }: Wanted): Disk {
  const { osDisk } = properties.storageProfile;
  return {
    ...named(world, machine, osDisk.name ?? usualName(machine, 'OsDisk_1')),
    sku: osDisk.managedDisk?.storageAccountType ?? 'Standard_LRS',
    sizeGiB: osDisk.diskSizeGB ?? source.sizeGiB,
    osType: 'Linux',
    createOption: 'FromImage',
  };
}

function emptyDisk(world: World, machine: PlacedMachine, disk: DataDisk): Disk {
  return {
    ...named(world, machine, disk.name ?? usualName(machine, `disk${disk.lun + 2}`)),
    sku: disk.managedDisk?.storageAccountType ?? 'Standard_LRS',
    sizeGiB: disk.diskSizeGB ?? 0,
    createOption: 'Empty',
  };
}

function attach(world: World, machine: PlacedMachine, id: string): Disk {
  const disk = world.state.disks.get(id);
  if (!disk) throw new Error(`The disk ${id} was there a moment ago`);
  disk.machine = machine.id;
  return disk;
}

/** Azure's own names: `vm_OsDisk_1_0123…`. */
function usualName({ name, id, createdMs }: PlacedMachine, kind: string): string {
  return `${name}_${kind}_${arm.guidFor(`${id}@${createdMs}${kind === 'OsDisk_1' ? '' : kind}`).replaceAll('-', '')}`;
}

function named(world: World, machine: PlacedMachine, name: string) {
  const id = `${arm.groupId(world, machine.group)}/providers/${diskType}/${name}`;
  const existing = world.state.disks.get(id);
  if (existing && !arm.sameId(existing.machine, machine.id)) throw diskExists(name, machine.group);
  return { ...machine, id, name, type: diskType, state: 'Creating' as const, machine: machine.id };
}
