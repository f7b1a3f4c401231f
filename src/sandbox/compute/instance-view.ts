import * as arm from '../arm/resources.ts';
import { timestamp } from '../clock.ts';
import type { World } from '../world.ts';
import { extensionView, handlerView } from './extension.ts';
import type { VirtualMachine } from './virtual-machine.ts';

const displays: Readonly<Record<string, string>> = {
  Succeeded: 'Provisioning succeeded',
  Failed: 'Provisioning failed',
  Creating: 'Creating',
  Updating: 'Updating',
  Deleting: 'Deleting',
};

/** What the machine is doing: https://learn.microsoft.com/azure/virtual-machines/states-billing */
export function instanceView(machine: VirtualMachine, world: World): Record<string, unknown> {
  const time = timestamp(world.clock.nowMs());
  const extensions = world.state.extensions.list((extension) => arm.sameId(extension.machine, machine.id));
  const ids = [machine.osDiskId, ...(machine.dataDisks ?? []).map(({ disk }) => disk)];
  const disks = ids.flatMap((id) => world.state.disks.get(id) ?? []);
  const ready = machine.power === 'running' && machine.state !== 'Creating';
  return {
    ...(ready
      ? {
          computerName: machine.properties.osProfile?.computerName,
          osName: 'ubuntu',
          vmAgent: {
            vmAgentVersion: '2.14.0.1',
            statuses: [
              {
                code: 'ProvisioningState/succeeded',
                level: 'Info',
                displayStatus: 'Ready',
                message: 'Guest Agent is running',
                time,
              },
            ],
            extensionHandlers: extensions.map(handlerView),
          },
        }
      : {}),
    hyperVGeneration: 'V2',
    disks: disks.map(({ name }) => ({
      name,
      statuses: [{ code: 'ProvisioningState/succeeded', level: 'Info', displayStatus: displays['Succeeded'], time }],
    })),
    extensions: extensions.map((extension) => extensionView(extension, world)),
    statuses: statusesOf(machine, time),
  };
}

/** The two statuses of a machine: how its last operation went, and whether it runs. */
export function statusesOf(machine: VirtualMachine, time: string): readonly unknown[] {
  const code = `ProvisioningState/${machine.state.toLowerCase()}`;
  const failed = machine.state === 'Failed' && machine.failure;
  return [
    {
      code: failed ? `${code}/${machine.failure?.code}` : code,
      level: failed ? 'Error' : 'Info',
      displayStatus: displays[machine.state],
      ...(failed ? { message: machine.failure?.message } : {}),
      time,
    },
    ...(machine.state === 'Creating' && !machine.hasGuest
      ? []
      : [{ code: `PowerState/${machine.power}`, level: 'Info', displayStatus: `VM ${machine.power}` }]),
  ];
}
