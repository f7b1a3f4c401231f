import { acceptDelete, acceptPut, requireIdleNetwork } from '../arm/accept.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { checkAddressQuota } from './address-quota.ts';
import { addressPropertiesShape, type AddressProperties, addressShape } from './address-shape.ts';
import { allocateAddress } from './allocate-address.ts';
import { checkAddress, versionOf } from './check-address.ts';
import { checkLabel, fqdnOf } from './dns-label.ts';
import { userOfAddress } from './links.ts';
import { addressInUse } from './problems.ts';
import { checkName } from './resource-name.ts';
import { resourceRoutes } from './resource-routes.ts';

export interface PublicAddress extends Resource {
  readonly zones?: readonly string[] | undefined;
  readonly tier: 'Regional' | 'Global';
  readonly properties: AddressProperties;
  /** From the guest host; known when the first operation has succeeded. */
  address?: string;
}

export const addressType = 'Microsoft.Network/publicIPAddresses';

export function renderAddress(address: PublicAddress, world: World): unknown {
  const { dnsSettings, deleteOption, idleTimeoutInMinutes } = address.properties;
  const fqdn = fqdnOf(world, address);
  const user = userOfAddress(world, address.id);
  return {
    ...arm.renderBase(address),
    etag: `W/"${address.etag}"`,
    sku: { name: 'Standard', tier: address.tier },
    ...(address.zones ? { zones: address.zones } : {}),
    properties: {
      provisioningState: address.state,
      resourceGuid: arm.guidFor(address.id),
      publicIPAddressVersion: versionOf(address.properties),
      publicIPAllocationMethod: 'Static',
      idleTimeoutInMinutes: idleTimeoutInMinutes ?? 4,
      ipTags: [],
      ...(deleteOption ? { deleteOption } : {}),
      ...(address.address === undefined ? {} : { ipAddress: address.address }),
      ...(fqdn === undefined ? {} : { dnsSettings: { ...dnsSettings, fqdn } }),
      ...(user ? { ipConfiguration: { id: user.configurationId } } : {}),
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const body = readBody(call, addressShape, 'network');
  const existing = world.state.addresses.get(arm.resourceIdOf(call, world, addressType));
  const base = arm.identify(call, world, { ...body, type: addressType, existing });
  checkName(base.name);
  requireIdleNetwork(call, world, base.id);
  const properties = body.properties ?? addressPropertiesShape.parse({}, 'properties');
  const tier = body.sku?.tier ?? 'Regional';
  checkAddress(base, { sku: body.sku?.name ?? 'Basic', tier, zones: body.zones, properties }, existing);
  if (!existing) checkAddressQuota(world, base.location, versionOf(properties));
  const resource: PublicAddress = {
    ...base,
    state: 'Updating',
    zones: body.zones && body.zones.length > 0 ? body.zones : undefined,
    tier,
    properties,
    ...(existing?.address === undefined ? {} : { address: existing.address }),
  };
  checkLabel(world, resource);
  return acceptPut(call, world, {
    kind: 'address.put',
    form: 'network',
    resource,
    collection: world.state.addresses,
    isNew: !existing,
    render: (address) => renderAddress(address, world),
    async work(signal) {
      if (resource.address !== undefined) return;
      const address = await allocateAddress(world, versionOf(properties));
      if (signal.aborted) await world.guests.releaseAddress(address);
      else resource.address = address;
    },
  });
}

/** Gives the address back and forgets the resource. */
export async function dropAddress(world: World, resource: PublicAddress): Promise<void> {
  if (resource.address !== undefined) await world.guests.releaseAddress(resource.address);
  world.state.addresses.delete(resource.id);
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const resource = world.state.addresses.get(arm.resourceIdOf(call, world, addressType));
  if (!resource) return { status: 204 };
  requireIdleNetwork(call, world, resource.id);
  const user = userOfAddress(world, resource.id);
  if (user) throw addressInUse(resource.id, user.configurationId);
  return acceptDelete(call, world, {
    kind: 'network.delete',
    form: 'network',
    resource,
    collection: world.state.addresses,
    work: async () => {
      if (resource.address !== undefined) await world.guests.releaseAddress(resource.address);
    },
  });
}

export const addressRoutes = resourceRoutes({
  type: addressType,
  collection: (world) => world.state.addresses,
  render: renderAddress,
  put,
  remove,
});
