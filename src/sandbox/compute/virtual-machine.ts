import { timestamp } from '../clock.ts';
import * as arm from '../arm/resources.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { renderExtension } from './extension.ts';
import { instanceView } from './instance-view.ts';
import type { MachineProperties } from './machine-shape.ts';

/** Azure's words behind `PowerState/`. */
export type PowerState = 'starting' | 'running' | 'stopping' | 'stopped' | 'deallocating' | 'deallocated' | 'unknown';

export interface VirtualMachine extends Resource {
  readonly zones?: readonly string[] | undefined;
  /** As written, without what Azure never returns: password, custom data, user data. */
  readonly properties: MachineProperties;
  /** Version that `latest` meant. */
  readonly imageVersion: string;
  readonly osDiskId: string;
  /** SHA-256 of the custom data, which cannot be changed; empty when there was none. */
  readonly customDataHash: string;
  power: PowerState;
  /** True from the moment that a guest plays it. */
  hasGuest: boolean;
  /** Code and message of the last failed operation. */
  failure?: { readonly code: string; readonly message: string };
}

export const machineType = 'Microsoft.Compute/virtualMachines';

/** How a machine is shown: its model, and with `view` what it is doing. */
export function renderMachine(machine: VirtualMachine, world: World, view = false): unknown {
  const { storageProfile, osProfile, ...rest } = machine.properties;
  const disk = world.state.disks.get(machine.osDiskId);
  const extensions = world.state.extensions.list((extension) => arm.sameId(extension.machine, machine.id));
  return {
    ...arm.renderBase(machine),
    etag: `"${machine.etag}"`,
    ...(machine.zones ? { zones: machine.zones } : {}),
    ...(extensions.length === 0 ? {} : { resources: extensions.map((extension) => renderExtension(extension)) }),
    properties: {
      provisioningState: machine.state,
      vmId: arm.guidFor(`${machine.id.toLowerCase()}@${machine.createdMs}`),
      timeCreated: timestamp(machine.createdMs),
      ...rest,
      storageProfile: {
        imageReference: { ...storageProfile.imageReference, exactVersion: machine.imageVersion },
        osDisk: {
          ...storageProfile.osDisk,
          osType: 'Linux',
          name: disk?.name ?? storageProfile.osDisk.name,
          caching: storageProfile.osDisk.caching ?? 'ReadWrite',
          deleteOption: storageProfile.osDisk.deleteOption ?? 'Detach',
          diskSizeGB: disk?.sizeGiB ?? storageProfile.osDisk.diskSizeGB,
          managedDisk: { storageAccountType: disk?.sku, id: machine.osDiskId },
        },
        dataDisks: [],
      },
      osProfile: {
        ...osProfile,
        secrets: [],
        allowExtensionOperations: osProfile?.allowExtensionOperations ?? true,
        requireGuestProvisionSignal: osProfile?.requireGuestProvisionSignal ?? true,
      },
      ...(view ? { instanceView: instanceView(machine, world) } : {}),
    },
  };
}
