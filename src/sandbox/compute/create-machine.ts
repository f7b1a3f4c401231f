import { createHash } from 'node:crypto';
import { acceptPut } from '../arm/accept.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { bootGuest, dropGuest } from './boot-guest.ts';
import { type Checked, checkMachine } from './check-machine.ts';
import { type Disk, diskType } from './disk.ts';
import { type MachineProperties, machineShape } from './machine-shape.ts';
import { conflict, diskExists } from './problems.ts';
import { updateMachine } from './update-machine.ts';
import { machineType, renderMachine, type VirtualMachine } from './virtual-machine.ts';

/** Azure keeps the interfaces of a machine whose creation failed: 180 s by the text of its own error. */
const reservationMs = 180_000;

/** PUT of a virtual machine: creates it, creates it again after a failure, or updates it. */
export function putMachine(call: ArmCall, world: World): Answer {
  const body = readBody(call, machineShape, 'compute');
  const existing = world.state.machines.get(arm.resourceIdOf(call, world, machineType));
  const base = arm.identify(call, world, { ...body, type: machineType, existing });
  if (world.operations.running(base.id).length > 0) throw conflict();
  if (existing?.hasGuest) return updateMachine(call, world, { existing, base, body });
  const wanted = { ...base, zones: body.zones };
  return create(call, world, { base: wanted, properties: body.properties, isNew: !existing });
}

function create(
  call: ArmCall,
  world: World,
  wanted: {
    readonly base: Resource & { readonly zones?: readonly string[] | undefined };
    readonly properties: MachineProperties;
    readonly isNew: boolean;
  },
): Answer {
  const { base, properties } = wanted;
  const checked = checkMachine(world, base, properties);
  const disk = makeDisk(world, base, properties);
  const machine: VirtualMachine = {
    ...base,
    state: 'Creating',
    properties: withoutSecrets(properties),
    customDataHash: hashOf(properties.osProfile?.customData),
    imageVersion: checked.version,
    osDiskId: disk.id,
    power: 'starting',
    hasGuest: false,
  };
  for (const nic of checked.nics) {
    nic.machine = machine.id;
    delete nic.reservation;
  }
  return acceptPut(call, world, {
    kind: 'machine.create',
    form: 'compute',
    resource: machine,
    collection: world.state.machines,
    isNew: wanted.isNew,
    render: (resource) => renderMachine(resource, world),
    work: (signal) => bootGuest(world, { machine, secrets: properties.osProfile, checked, signal }),
    async after(problem) {
      disk.state = 'Succeeded';
      if (!problem) return;
      machine.failure = { code: problem.code, message: problem.message };
      machine.power = 'unknown';
      reserve(world, machine, checked);
      await dropGuest(world, machine);
    },
  });
}

function reserve(world: World, machine: VirtualMachine, { nics }: Checked): void {
  for (const nic of nics) {
    delete nic.machine;
    nic.reservation = { machine: machine.id, untilMs: world.clock.nowMs() + reservationMs };
  }
}

/** The managed disk that comes with the machine. It takes over the machine's tags, as Azure's implicit disks do. */
function makeDisk(
  world: World,
  base: Resource & { readonly zones?: readonly string[] | undefined },
  properties: MachineProperties,
): Disk {
  const { osDisk } = properties.storageProfile;
  const name =
    osDisk.name ?? `${base.name}_OsDisk_1_${arm.guidFor(`${base.id}@${base.createdMs}`).replaceAll('-', '')}`;
  const id = `${arm.groupId(world, base.group)}/providers/${diskType}/${name}`;
  const existing = world.state.disks.get(id);
  if (existing && !arm.sameId(existing.machine, base.id)) throw diskExists(name, base.group);
  const disk: Disk = {
    ...base,
    id,
    name,
    type: diskType,
    state: 'Creating',
    sku: osDisk.managedDisk?.storageAccountType ?? 'Standard_LRS',
    // Size of Canonical's images.
    sizeGiB: osDisk.diskSizeGB ?? 30,
    osType: 'Linux',
    createOption: 'FromImage',
    machine: base.id,
  };
  world.state.disks.set(disk);
  return disk;
}

function withoutSecrets(properties: MachineProperties): MachineProperties {
  const { osProfile } = properties;
  if (!osProfile) return properties;
  return { ...properties, osProfile: { ...osProfile, adminPassword: undefined, customData: undefined } };
}

export function hashOf(value: string | undefined): string {
  return value === undefined ? '' : createHash('sha256').update(value).digest('hex');
}
