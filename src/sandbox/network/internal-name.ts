import { createHash } from 'node:crypto';
import { ArmProblem } from '../arm/problem.ts';
import { sameId } from '../arm/resources.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import type { InterfaceProperties } from './interface-shape.ts';

/** Id of the network that an interface is in. */
export function networkIdOf({ ipConfigurations }: InterfaceProperties): string {
  return (ipConfigurations[0]?.properties.subnet?.id ?? '').replace(/\/subnets\/[^/]*$/i, '');
}

/** Domain of the names inside a virtual network, such as `a1b2c3….ax.internal.cloudapp.net`. */
export function internalSuffix(properties: InterfaceProperties): string {
  const digest = createHash('sha256').update(networkIdOf(properties).toLowerCase()).digest('base64url');
  return `${digest
    .toLowerCase()
    .replace(/[^a-z0-9]/g, 'x')
    .slice(0, 26)}.ax.internal.cloudapp.net`;
}

/** @throws ArmProblem 400 for an internal name that is none, or that another interface of the network has. */
export function checkInternalName(world: World, nic: Resource, properties: InterfaceProperties): void {
  const label = properties.dnsSettings?.internalDnsNameLabel;
  if (label === undefined) return;
  if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label))
    throw new ArmProblem(
      400,
      'InvalidInternalDnsNameLabel',
      `The internal DNS name label ${label} of ${nic.id} is invalid.`,
    );
  const network = networkIdOf(properties);
  const twin = world.state.interfaces
    .list(({ id }) => !sameId(id, nic.id))
    .find(
      (other) =>
        sameId(networkIdOf(other.properties), network) &&
        other.properties.dnsSettings?.internalDnsNameLabel?.toLowerCase() === label.toLowerCase(),
    );
  if (twin)
    throw new ArmProblem(
      400,
      'InternalDnsNameLabelInUse',
      `The internal DNS name label ${label} is already used by ${twin.id} in virtual network ${network}.`,
    );
}
