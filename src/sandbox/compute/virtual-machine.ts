import { timestamp } from '../clock.ts';
import * as arm from '../arm/resources.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { renderExtension } from './extension.ts';
import type { ImageSource } from './image-source/image-source.ts';
import { instanceView } from './instance-view.ts';
import type { DataDiskLink } from './machine-disks.ts';
import { type MachineIdentity, renderIdentity } from './machine-identity.ts';
import type { MachineProperties, Plan } from './machine-shape.ts';
import { renderStorage } from './render-storage.ts';

/** Azure's words behind `PowerState/`. */
export type PowerState = 'starting' | 'running' | 'stopping' | 'stopped' | 'deallocating' | 'deallocated' | 'unknown';

export interface VirtualMachine extends Resource {
  readonly zones?: readonly string[] | undefined;
  identity?: MachineIdentity | undefined;
  readonly plan?: Plan | undefined;
  /** As written, without what Azure never returns: password and custom data. */
  readonly properties: MachineProperties;
  /** Version that `latest` meant; none for an image without versions. */
  readonly imageVersion?: string | undefined;
  /** What its guest calls itself; state of before there were other images has none. */
  readonly release?: ImageSource['release'];
  readonly osDiskId: string;
  /** By number; state of before there were any has none. */
  readonly dataDisks?: readonly DataDiskLink[];
  /** SHA-256 of the custom data, which cannot be changed; empty when there was none. */
  readonly customDataHash: string;
  power: PowerState;
  /** True from the moment that a guest plays it. */
  hasGuest: boolean;
  /** Code and message of the last failed operation. */
  failure?: { readonly code: string; readonly message: string };
}

export const machineType = 'Microsoft.Compute/virtualMachines';

export interface Views {
  /** Show what the machine is doing, too. @defaultValue false */
  readonly instance?: boolean;
  /** Show its user data. @defaultValue false */
  readonly userData?: boolean;
}

/** How a machine is shown: its model, and what `views` adds. */
export function renderMachine(machine: VirtualMachine, world: World, views: Views = {}): unknown {
  const { osProfile, userData, ...rest } = machine.properties;
  const extensions = world.state.extensions.list((extension) => arm.sameId(extension.machine, machine.id));
  return {
    ...arm.renderBase(machine),
    etag: `"${machine.etag}"`,
    ...(machine.zones ? { zones: machine.zones } : {}),
    ...(machine.plan ? { plan: machine.plan } : {}),
    ...(machine.identity ? { identity: renderIdentity(world, machine, machine.identity) } : {}),
    ...(extensions.length === 0 ? {} : { resources: extensions.map((extension) => renderExtension(extension)) }),
    properties: {
      provisioningState: machine.state,
      vmId: arm.guidFor(`${machine.id.toLowerCase()}@${machine.createdMs}`),
      timeCreated: timestamp(machine.createdMs),
      ...rest,
      ...(rest.priority === 'Spot' ? { evictionPolicy: rest.evictionPolicy ?? 'Deallocate' } : {}),
      ...(views.userData && userData !== undefined ? { userData } : {}),
      storageProfile: renderStorage(machine, world),
      osProfile: {
        ...osProfile,
        secrets: [],
        allowExtensionOperations: osProfile?.allowExtensionOperations ?? true,
        requireGuestProvisionSignal: osProfile?.requireGuestProvisionSignal ?? true,
      },
      ...(views.instance ? { instanceView: instanceView(machine, world) } : {}),
    },
  };
}
