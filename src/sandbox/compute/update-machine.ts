import { isDeepStrictEqual } from 'node:util';
import { acceptPut } from '../arm/accept.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import { checkAcceleratedNetworking } from '../network/accelerated-networking.ts';
import { interfacesOf } from '../network/machine-interface.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { hashOf } from './create-machine.ts';
import { readIdentity } from './machine-identity.ts';
import { type MachineBody, type MachineProperties, machinePatchShape } from './machine-shape.ts';
import { changeNotAllowed, conflict } from './problems.ts';
import { requireSize } from './require-size.ts';
import { machineType, renderMachine, type VirtualMachine } from './virtual-machine.ts';

/** PUT over a machine that is there: tags, identity, size and diagnostics may change, what makes it itself may not. */
export function updateMachine(
  call: ArmCall,
  world: World,
  change: {
    readonly existing: VirtualMachine;
    readonly base: Resource;
    readonly body: MachineBody;
  },
): Answer {
  const { existing, base, body } = change;
  refuseChanges(existing, body);
  const { vmSize } = body.properties.hardwareProfile;
  const resized = vmSize.toLowerCase() !== existing.properties.hardwareProfile.vmSize.toLowerCase();
  const size = resized ? requireSize(vmSize, existing) : undefined;
  if (size) checkAcceleratedNetworking(existing, size, interfacesOf(world, existing));
  const machine: VirtualMachine = {
    ...existing,
    tags: base.tags,
    etag: base.etag,
    state: 'Updating',
    identity: readIdentity(world, existing, { body: body.identity }) ?? existing.identity,
    properties: {
      ...existing.properties,
      hardwareProfile: {
        ...existing.properties.hardwareProfile,
        vmSize: size?.name ?? existing.properties.hardwareProfile.vmSize,
      },
      diagnosticsProfile: body.properties.diagnosticsProfile,
      userData: body.properties.userData ?? existing.properties.userData,
    },
  };
  return acceptPut(call, world, {
    kind: 'machine.update',
    form: 'compute',
    resource: machine,
    collection: world.state.machines,
    isNew: false,
    render: (resource) => renderMachine(resource, world),
    async work() {
      // A machine that runs is restarted by Azure when its size changes.
      if (resized && machine.power === 'running') await world.guests.restart(machine.id.toLowerCase());
    },
  });
}

function refuseChanges(existing: VirtualMachine, { properties, zones, plan }: MachineBody): void {
  const before = existing.properties;
  const { osProfile } = properties;
  const checks: readonly (readonly [string, unknown, unknown])[] = [
    ['imageReference', before.storageProfile.imageReference, properties.storageProfile.imageReference],
    ['availabilitySet', before.availabilitySet?.id, properties.availabilitySet?.id],
    ['zones', existing.zones, zones],
    ['proximityPlacementGroup', before.proximityPlacementGroup?.id, properties.proximityPlacementGroup?.id],
    ['plan', existing.plan, plan],
    ['priority', before.priority, properties.priority],
    ['evictionPolicy', before.evictionPolicy, properties.evictionPolicy],
    ['billingProfile.maxPrice', before.billingProfile?.maxPrice, properties.billingProfile?.maxPrice],
    [
      'securityProfile.encryptionAtHost',
      before.securityProfile?.encryptionAtHost,
      properties.securityProfile?.encryptionAtHost,
    ],
    [
      'osDisk.diffDiskSettings',
      before.storageProfile.osDisk.diffDiskSettings,
      properties.storageProfile.osDisk.diffDiskSettings,
    ],
    ['dataDisks', numbersOf(before), numbersOf(properties)],
    ['securityProfile.securityType', before.securityProfile?.securityType, properties.securityProfile?.securityType],
    ['networkProfile.networkInterfaces', nicIds(before), nicIds(properties)],
  ];
  const ofSystem: typeof checks = osProfile
    ? [
        ['osProfile.adminUsername', before.osProfile?.adminUsername, osProfile.adminUsername],
        ['osProfile.computerName', before.osProfile?.computerName, osProfile.computerName],
        [
          'linuxConfiguration.ssh.publicKeys',
          before.osProfile?.linuxConfiguration?.ssh,
          osProfile.linuxConfiguration?.ssh,
        ],
        [
          'osProfile.customData',
          osProfile.customData === undefined ? '' : existing.customDataHash,
          hashOf(osProfile.customData),
        ],
      ]
    : [];
  for (const [name, was, is] of [...checks, ...ofSystem]) {
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(was ?? null)), JSON.parse(JSON.stringify(is ?? null))))
      throw changeNotAllowed(name);
  }
}

function nicIds({ networkProfile }: VirtualMachine['properties']): readonly string[] {
  return networkProfile.networkInterfaces.map(({ id }) => id.toLowerCase());
}

/** Disks are neither attached to nor detached from a machine that is there. */
function numbersOf({ storageProfile }: MachineProperties): readonly number[] {
  return (storageProfile.dataDisks ?? []).map(({ lun }) => lun).sort((one, other) => one - other);
}

/** PATCH: tags and identity. */
export function patchMachine(call: ArmCall, world: World): Answer {
  const { tags, identity } = readBody(call, machinePatchShape, 'compute');
  const machine = arm.requireResource(call, world, world.state.machines, machineType);
  if (world.operations.running(machine.id).length > 0) throw conflict();
  arm.checkTags(tags);
  machine.identity = readIdentity(world, machine, { body: identity, before: machine.identity });
  machine.state = 'Updating';
  if (tags) machine.tags = tags;
  return acceptPut(call, world, {
    kind: 'machine.update',
    form: 'compute',
    resource: machine,
    collection: world.state.machines,
    isNew: false,
    render: (resource) => renderMachine(resource, world),
  });
}
