import { acceptDelete, acceptPut, requireIdleNetwork } from '../arm/accept.ts';
import { tracked } from '../arm/common-shapes.ts';
import { ArmProblem } from '../arm/problem.ts';
import { notImplemented } from '../arm/problems.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import { integer, list, object, oneOf, optional, readOnly, type Shaped, text } from '../shape.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { allocateAddress } from './allocate-address.ts';
import { checkLabel } from './dns-label.ts';
import { userOfAddress } from './links.ts';
import { addressInUse } from './problems.ts';
import { resourceRoutes } from './resource-routes.ts';

const propertiesShape = object({
  publicIPAllocationMethod: optional(oneOf('Static', 'Dynamic')),
  publicIPAddressVersion: optional(oneOf('IPv4', 'IPv6')),
  idleTimeoutInMinutes: optional(integer),
  deleteOption: optional(oneOf('Delete', 'Detach')),
  dnsSettings: optional(object({ domainNameLabel: optional(text), fqdn: readOnly, reverseFqdn: optional(text) })),
  ipTags: readOnly,
  ipAddress: readOnly,
  ipConfiguration: readOnly,
  resourceGuid: readOnly,
  provisioningState: readOnly,
});

const shape = object({
  ...tracked,
  sku: optional(object({ name: optional(oneOf('Basic', 'Standard')), tier: optional(oneOf('Regional', 'Global')) })),
  zones: optional(list(text)),
  properties: optional(propertiesShape),
});

export interface PublicAddress extends Resource {
  readonly zones?: readonly string[] | undefined;
  readonly tier: 'Regional' | 'Global';
  readonly properties: Shaped<typeof propertiesShape>;
  /** From the guest host; known when the first operation has succeeded. */
  address?: string;
}

export const addressType = 'Microsoft.Network/publicIPAddresses';

export function renderAddress(address: PublicAddress, world: World): unknown {
  const label = address.properties.dnsSettings?.domainNameLabel;
  const user = userOfAddress(world, address.id);
  return {
    ...arm.renderBase(address),
    etag: `W/"${address.etag}"`,
    sku: { name: 'Standard', tier: address.tier },
    ...(address.zones ? { zones: address.zones } : {}),
    properties: {
      provisioningState: address.state,
      resourceGuid: arm.guidFor(address.id),
      publicIPAddressVersion: 'IPv4',
      publicIPAllocationMethod: 'Static',
      idleTimeoutInMinutes: address.properties.idleTimeoutInMinutes ?? 4,
      ipTags: [],
      ...(address.properties.deleteOption ? { deleteOption: address.properties.deleteOption } : {}),
      ...(address.address === undefined ? {} : { ipAddress: address.address }),
      ...(label === undefined
        ? {}
        : { dnsSettings: { domainNameLabel: label, fqdn: `${label}.${address.location}.cloudapp.azure.com` } }),
      ...(user ? { ipConfiguration: { id: user.configurationId } } : {}),
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const body = readBody(call, shape, 'network');
  const existing = world.state.addresses.get(arm.resourceIdOf(call, world, addressType));
  const base = arm.identify(call, world, { ...body, type: addressType, existing });
  requireIdleNetwork(call, world, base.id);
  const properties = body.properties ?? propertiesShape.parse({}, 'properties');
  checkSku(body.sku?.name ?? 'Basic', properties);
  const label = properties.dnsSettings?.domainNameLabel;
  if (label !== undefined) checkLabel(world, { label, location: base.location, owner: base.id });
  const resource: PublicAddress = {
    ...base,
    state: 'Updating',
    zones: body.zones,
    tier: body.sku?.tier ?? 'Regional',
    properties,
    ...(existing?.address === undefined ? {} : { address: existing.address }),
  };
  return acceptPut(call, world, {
    kind: 'address.put',
    form: 'network',
    resource,
    collection: world.state.addresses,
    isNew: !existing,
    render: (address) => renderAddress(address, world),
    async work(signal) {
      if (resource.address !== undefined) return;
      const address = await allocateAddress(world);
      if (signal.aborted) await world.guests.releaseAddress(address);
      else resource.address = address;
    },
  });
}

// Basic public addresses were retired on 30 September 2025: https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-basic-upgrade-guidance
function checkSku(sku: string, properties: Shaped<typeof propertiesShape>): void {
  if (sku === 'Basic')
    throw new ArmProblem(
      400,
      'IPv4BasicSkuPublicIpCountLimitReached',
      'Cannot create more than 0 IPv4 Basic SKU public IP addresses for this subscription in this region.',
    );
  if (properties.publicIPAddressVersion === 'IPv6') throw notImplemented('IPv6 public addresses');
  if (properties.publicIPAllocationMethod !== 'Static')
    throw new ArmProblem(
      400,
      'StandardSkuPublicIPAddressesMustBeStatic',
      'Standard sku publicIp must have AllocationMethod set to Static.',
    );
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
