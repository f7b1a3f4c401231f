import * as arm from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import { timestamp } from '../clock.ts';
import type { World } from '../world.ts';
import { putMachine } from './create-machine.ts';
import { deleteMachine } from './delete-machine.ts';
import { instanceView, statusesOf } from './instance-view.ts';
import { patchMachine } from './update-machine.ts';
import { machineType, renderMachine, type Views, type VirtualMachine } from './virtual-machine.ts';

const inGroup = '/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachines';
const one = `${inGroup}/{name}`;

/** `$expand`; `instanceView,userData` asks for both. */
function viewsOf(call: ArmCall): Views {
  const wanted = (call.query.get('$expand') ?? '').toLowerCase().split(',');
  return { instance: wanted.includes('instanceview'), userData: wanted.includes('userdata') };
}
const find = (call: ArmCall, world: World): VirtualMachine =>
  arm.requireResource(call, world, world.state.machines, machineType);

/** With `statusOnly=true` a list says what the machines are doing and nothing of what they are. */
function renderStatus(machine: VirtualMachine, world: World): unknown {
  const { id, name, type, location } = machine;
  const statuses = statusesOf(machine, timestamp(world.clock.nowMs()));
  return { id, name, type, location, properties: { instanceView: { statuses } } };
}

export const machineRoutes: readonly Route[] = [
  { method: 'PUT', path: one, family: 'compute', answer: putMachine },
  { method: 'PATCH', path: one, family: 'compute', answer: patchMachine },
  { method: 'DELETE', path: one, family: 'compute', answer: deleteMachine },
  {
    method: 'GET',
    path: one,
    family: 'compute',
    answer(call, world) {
      const machine = find(call, world);
      return {
        status: 200,
        headers: { etag: `"${machine.etag}"` },
        body: renderMachine(machine, world, viewsOf(call)),
      };
    },
  },
  {
    method: 'GET',
    path: `${one}/instanceView`,
    family: 'compute',
    answer: (call, world) => ({ status: 200, body: instanceView(find(call, world), world) }),
  },
  {
    method: 'GET',
    path: inGroup,
    family: 'compute',
    answer: (call, world) => ({
      status: 200,
      body: {
        value: arm
          .inGroup(call, world, world.state.machines)
          .map((machine) => renderMachine(machine, world, viewsOf(call))),
      },
    }),
  },
  {
    method: 'GET',
    path: '/subscriptions/{subscriptionId}/providers/Microsoft.Compute/virtualMachines',
    family: 'compute',
    answer(call, world) {
      const statusOnly = call.query.get('statusOnly')?.toLowerCase() === 'true';
      const value = world.state.machines
        .list()
        .map((machine) => (statusOnly ? renderStatus(machine, world) : renderMachine(machine, world, viewsOf(call))));
      return { status: 200, body: { value } };
    },
  },
];
