import type { OperationKind } from '../arm/latencies.ts';
import { operationHeaders } from '../arm/operation-answers.ts';
import { ArmProblem } from '../arm/problem.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall, Route } from '../arm/route.ts';
import type { GuestHost } from '../guests/guest-host.ts';
import type { Answer } from '../http/exchange.ts';
import type { World } from '../world.ts';
import { conflict } from './problems.ts';
import { machineType, type PowerState } from './virtual-machine.ts';

interface Action {
  readonly kind: OperationKind;
  readonly during: PowerState;
  readonly after: PowerState;
  readonly act: (guests: GuestHost, id: string) => Promise<void>;
}

const actions: Readonly<Record<'start' | 'powerOff' | 'deallocate' | 'restart', Action>> = {
  start: { kind: 'machine.start', during: 'starting', after: 'running', act: (guests, id) => guests.start(id) },
  powerOff: {
    kind: 'machine.powerOff',
    during: 'stopping',
    after: 'stopped',
    act: (guests, id) => guests.powerOff(id),
  },
  deallocate: {
    kind: 'machine.deallocate',
    during: 'deallocating',
    after: 'deallocated',
    act: (guests, id) => guests.powerOff(id),
  },
  restart: { kind: 'machine.restart', during: 'running', after: 'running', act: (guests, id) => guests.restart(id) },
};

function run(call: ArmCall, world: World, name: keyof typeof actions): Answer {
  const machine = arm.requireResource(call, world, world.state.machines, machineType);
  if (world.operations.running(machine.id).length > 0) throw conflict();
  if (!machine.hasGuest)
    throw new ArmProblem(
      409,
      'OperationNotAllowed',
      `The VM '${machine.name}' was not provisioned: '${name}' is not allowed.`,
    );
  if (name === 'restart' && machine.power !== 'running')
    throw new ArmProblem(
      409,
      'OperationNotAllowed',
      `Operation 'restart' is not allowed on VM '${machine.name}' since the VM is not running.`,
    );
  if (name === 'deallocate' && machine.properties.storageProfile.osDisk.diffDiskSettings)
    throw new ArmProblem(
      409,
      'OperationNotAllowed',
      "Operation 'deallocate' is not supported for VMs or VM Scale Set instances using an ephemeral OS disk.",
    );
  const { kind, during, after, act } = actions[name];
  const before = machine.power;
  machine.power = during;
  machine.state = 'Updating';
  const id = machine.id.toLowerCase();
  const operation = world.operations.start(call, {
    kind,
    form: 'compute',
    location: machine.location,
    target: machine.id,
    work: () => act(world.guests, id),
    settle(problem) {
      machine.state = problem ? 'Failed' : 'Succeeded';
      machine.power = problem ? before : after;
      if (problem) machine.failure = { code: problem.code, message: problem.message };
    },
  });
  return { status: 202, headers: operationHeaders(call, world, operation) };
}

const one = '/subscriptions/{subscriptionId}/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachines/{name}';

const route = (name: keyof typeof actions): Route => ({
  method: 'POST',
  path: `${one}/${name}`,
  family: 'compute',
  answer: (call, world) => run(call, world, name),
});

export const powerRoutes: readonly Route[] = [route('start'), route('powerOff'), route('deallocate'), route('restart')];
