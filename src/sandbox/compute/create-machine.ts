import { createHash } from 'node:crypto';
import { acceptPut } from '../arm/accept.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import type { World } from '../world.ts';
import { bootGuest, dropGuest } from './boot-guest.ts';
import { type Checked, checkMachine } from './check-machine.ts';
import type { PlacedMachine } from './checks/placed-machine.ts';
import { makeDisks } from './machine-disks.ts';
import { readIdentity } from './machine-identity.ts';
import { type MachineBody, type MachineProperties, machineShape } from './machine-shape.ts';
import { conflict } from './problems.ts';
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
  return create(call, world, { base: { ...base, zones: body.zones }, body, isNew: !existing });
}

function create(
  call: ArmCall,
  world: World,
  wanted: { readonly base: PlacedMachine; readonly body: MachineBody; readonly isNew: boolean },
): Answer {
  const { base, body } = wanted;
  const { properties, plan } = body;
  const checked = checkMachine(world, base, body);
  const identity = readIdentity(world, base, { body: body.identity });
  const { source } = checked;
  const disks = makeDisks(world, { machine: base, properties, source });
  const machine: VirtualMachine = {
    ...base,
    state: 'Creating',
    identity,
    plan,
    properties: withoutSecrets(properties),
    customDataHash: hashOf(properties.osProfile?.customData),
    imageVersion: source.exactVersion,
    release: source.release,
    osDiskId: disks.osDisk.id,
    dataDisks: disks.dataDisks,
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
    work: (signal) => bootGuest(world, { machine, secrets: properties.osProfile, signal }),
    async after(problem) {
      for (const disk of disks.made) disk.state = 'Succeeded';
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

function withoutSecrets(properties: MachineProperties): MachineProperties {
  const { osProfile } = properties;
  if (!osProfile) return properties;
  return { ...properties, osProfile: { ...osProfile, adminPassword: undefined, customData: undefined } };
}

export function hashOf(value: string | undefined): string {
  return value === undefined ? '' : createHash('sha256').update(value).digest('hex');
}
