import { createHash, randomUUID } from 'node:crypto';
import { acceptPut } from '../arm/accept.ts';
import { tracked } from '../arm/common-shapes.ts';
import { ArmProblem } from '../arm/problem.ts';
import { parentNotFound } from '../arm/problems.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import { anyObject, flag, object, optional, readOnly, type Shaped, text } from '../shape.ts';
import type { World } from '../world.ts';
import { type Extension, extensionType, renderExtension } from './extension.ts';
import { findExtensionKind, resolveVersion } from './extension-catalogue.ts';
import { changeNotAllowed, conflict, invalid } from './problems.ts';
import { runHandler } from './run-handler.ts';
import { machineType, type VirtualMachine } from './virtual-machine.ts';

const shape = object({
  ...tracked,
  properties: object({
    publisher: text,
    type: text,
    typeHandlerVersion: text,
    autoUpgradeMinorVersion: optional(flag),
    enableAutomaticUpgrade: optional(flag),
    forceUpdateTag: optional(text),
    suppressFailures: optional(flag),
    settings: optional(anyObject),
    protectedSettings: optional(anyObject),
    instanceView: readOnly,
    provisioningState: readOnly,
  }),
});

type Wanted = Shaped<typeof shape>['properties'];

/** The machine named in the path. @throws ArmProblem 404 when it is not there, 409 when its agent does not run. */
export function requireRunningMachine(call: ArmCall, world: World): VirtualMachine {
  arm.requireGroup(call, world);
  const machine = world.state.machines.get(arm.resourceIdOf(call, world, machineType));
  if (!machine) throw parentNotFound(extensionType, `${machineType}/${call.param('name')}`);
  const busy = world.operations.running(machine.id).some(({ target }) => arm.sameId(target, machine.id));
  if (busy) throw conflict();
  if (machine.power !== 'running')
    throw new ArmProblem(
      409,
      'OperationNotAllowed',
      `Cannot modify extensions in the VM when the VM is not running. VM: '${machine.name}'.`,
    );
  return machine;
}

/** PUT of an extension: the handler runs in the guest when something of its settings has changed. */
export function putExtension(call: ArmCall, world: World): Answer {
  const body = readBody(call, shape, 'compute');
  const machine = requireRunningMachine(call, world);
  const id = `${machine.id}/extensions/${call.param('extension')}`;
  const existing = world.state.extensions.get(id);
  if (world.operations.running(id).length > 0) throw conflict();
  const location = arm.normaliseLocation(body.location, extensionType);
  if (location !== machine.location)
    throw invalid(
      'location',
      `The extension '${call.param('extension')}' must be in the location of its VM, '${machine.location}'.`,
    );
  refuseSecondHandler(world, machine, id, body.properties);
  if (existing && !isSameHandler(existing, body.properties)) throw changeNotAllowed('publisher');
  const version = versionFor(world, body.properties, location);
  const fingerprint = fingerprintOf(body.properties, version);
  const isUnchanged = existing?.fingerprint === fingerprint && existing.state === 'Succeeded';
  const { properties } = body;
  const resource: Extension = {
    id: existing?.id ?? id,
    type: extensionType,
    name: existing?.name ?? call.param('extension'),
    group: machine.group,
    location,
    tags: body.tags ?? {},
    etag: randomUUID(),
    state: existing ? 'Updating' : 'Creating',
    createdMs: existing?.createdMs ?? world.clock.nowMs(),
    machine: machine.id,
    publisher: properties.publisher,
    handler: properties.type,
    handlerVersion: properties.typeHandlerVersion,
    version,
    upgradeMinor: properties.autoUpgradeMinorVersion ?? false,
    forceUpdateTag: properties.forceUpdateTag,
    suppressFailures: properties.suppressFailures,
    settings: properties.settings,
    fingerprint,
    sequence: isUnchanged ? existing.sequence : (existing?.sequence ?? -1) + 1,
    message: existing?.message ?? '',
    reportedMs: existing?.reportedMs,
  };
  return acceptPut(call, world, {
    kind: 'extension.put',
    form: 'compute',
    resource,
    collection: world.state.extensions,
    isNew: !existing,
    render: (extension) => renderExtension(extension),
    work: async () => {
      if (!isUnchanged) await runHandler(world, resource, properties.protectedSettings ?? {});
    },
  });
}

function isSameHandler(extension: Extension, { publisher, type }: Wanted): boolean {
  return (
    extension.publisher.toLowerCase() === publisher.toLowerCase() &&
    extension.handler.toLowerCase() === type.toLowerCase()
  );
}

/** The agent keeps one instance of a handler. */
function refuseSecondHandler(world: World, machine: VirtualMachine, id: string, wanted: Wanted): void {
  const other = world.state.extensions
    .list((extension) => arm.sameId(extension.machine, machine.id) && !arm.sameId(extension.id, id))
    .find((extension) => isSameHandler(extension, wanted));
  if (other)
    throw new ArmProblem(
      409,
      'Conflict',
      `Multiple VMExtensions per handler not supported for OS type 'Linux'. VMExtension '${other.name}' with handler '${wanted.publisher}.${wanted.type}' already added or specified in input.`,
    );
}

function versionFor(world: World, wanted: Wanted, location: string): string {
  const { publisher, type, typeHandlerVersion } = wanted;
  const kind = findExtensionKind(world, publisher, type);
  if (!kind)
    throw new ArmProblem(
      404,
      'ArtifactNotFound',
      `The VM extension with publisher '${publisher}' and type '${type}' could not be found in location '${location}'.`,
    );
  if (!/^\d+\.\d+$/.test(typeHandlerVersion))
    throw invalid(
      'typeHandlerVersion',
      `The value of parameter typeHandlerVersion is invalid: '${typeHandlerVersion}'. Give major and minor version.`,
    );
  const version = resolveVersion(kind, typeHandlerVersion, wanted.autoUpgradeMinorVersion ?? false);
  if (version === undefined)
    throw new ArmProblem(
      404,
      'ArtifactVersionNotFound',
      `Version '${typeHandlerVersion}' of the VM extension with publisher '${publisher}' and type '${type}' could not be found in location '${location}'.`,
    );
  return version;
}

function fingerprintOf({ settings, protectedSettings, forceUpdateTag }: Wanted, version: string): string {
  return createHash('sha256')
    .update(JSON.stringify([settings ?? {}, protectedSettings ?? {}, forceUpdateTag ?? '', version]))
    .digest('hex');
}
