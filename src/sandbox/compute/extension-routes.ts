import { acceptDelete } from '../arm/accept.ts';
import { resourceNotFound } from '../arm/problems.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import type { World } from '../world.ts';
import { type Extension, renderExtension } from './extension.ts';
import { conflict } from './problems.ts';
import { putExtension, requireRunningMachine } from './put-extension.ts';
import { machineType } from './virtual-machine.ts';

const wantsView = (call: ArmCall): boolean => call.query.get('$expand')?.toLowerCase() === 'instanceview';

function find(call: ArmCall, world: World): Extension {
  const machine = arm.requireResource(call, world, world.state.machines, machineType);
  const name = call.param('extension');
  const extension = world.state.extensions.get(`${machine.id}/extensions/${name}`);
  if (!extension) throw resourceNotFound(`${machineType}/${machine.name}/extensions`, name, machine.group);
  return extension;
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const machineId = arm.resourceIdOf(call, world, machineType);
  const extension = world.state.extensions.get(`${machineId}/extensions/${call.param('extension')}`);
  if (!extension) return { status: 204 };
  requireRunningMachine(call, world);
  for (const operation of world.operations.running(extension.id)) {
    if (operation.hangs) world.operations.preempt(operation, `DELETE ${extension.id}`);
    else if (operation.method !== 'DELETE') throw conflict();
  }
  const id = extension.machine.toLowerCase();
  const { publisher, handler: type } = extension;
  return acceptDelete(call, world, {
    kind: 'extension.delete',
    form: 'compute',
    resource: extension,
    collection: world.state.extensions,
    work: () => world.guests.removeExtension(id, { publisher, type }),
  });
}

const inMachine =
  '/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachines/{name}/extensions';
const one = `${inMachine}/{extension}`;

export const extensionRoutes: readonly Route[] = [
  { method: 'PUT', path: one, family: 'compute', answer: putExtension },
  { method: 'DELETE', path: one, family: 'compute', answer: remove },
  {
    method: 'GET',
    path: one,
    family: 'compute',
    answer: (call, world) => ({
      status: 200,
      body: renderExtension(find(call, world), wantsView(call) ? world : undefined),
    }),
  },
  {
    method: 'GET',
    path: inMachine,
    family: 'compute',
    answer(call, world) {
      const machine = arm.requireResource(call, world, world.state.machines, machineType);
      const value = world.state.extensions
        .list((extension) => arm.sameId(extension.machine, machine.id))
        .map((extension) => renderExtension(extension, wantsView(call) ? world : undefined));
      return { status: 200, body: { value } };
    },
  },
];
