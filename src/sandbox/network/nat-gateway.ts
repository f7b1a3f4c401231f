import { acceptDelete, acceptPut, requireIdleNetwork } from '../arm/accept.ts';
import { reference, tracked } from '../arm/common-shapes.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import { notPlayed } from '../compute/not-played.ts';
import type { Answer } from '../http/exchange.ts';
import { integer, list, object, oneOf, optional, readOnly, type Shaped, text } from '../shape.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { subnetsWith } from './links.ts';
import { inUse, invalidReference } from './problems.ts';
import { checkName } from './resource-name.ts';
import { resourceRoutes } from './resource-routes.ts';
import { checkZones } from './zones.ts';

const propertiesShape = object({
  idleTimeoutInMinutes: optional(integer),
  publicIpAddresses: optional(list(reference)),
  publicIpPrefixes: notPlayed('public IP prefixes'),
  subnets: readOnly,
  resourceGuid: readOnly,
  provisioningState: readOnly,
});

const shape = object({
  ...tracked,
  sku: object({ name: oneOf('Standard') }),
  zones: optional(list(text)),
  properties: optional(propertiesShape),
});

/** Subnets name it; guests reach nothing outside through it. */
export interface NatGateway extends Resource {
  readonly zones: readonly string[] | undefined;
  readonly properties: Shaped<typeof propertiesShape>;
}

const natGatewayType = 'Microsoft.Network/natGateways';

function render(gateway: NatGateway, world: World): unknown {
  const subnets = subnetsWith(world, 'natGateway', gateway.id);
  return {
    ...arm.renderBase(gateway),
    etag: `W/"${gateway.etag}"`,
    sku: { name: 'Standard' },
    ...(gateway.zones ? { zones: gateway.zones } : {}),
    properties: {
      provisioningState: gateway.state,
      resourceGuid: arm.guidFor(gateway.id),
      ...gateway.properties,
      idleTimeoutInMinutes: gateway.properties.idleTimeoutInMinutes ?? 4,
      ...(subnets.length === 0 ? {} : { subnets: subnets.map((id) => ({ id })) }),
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const body = readBody(call, shape, 'network');
  const existing = world.state.natGateways.get(arm.resourceIdOf(call, world, natGatewayType));
  const base = arm.identify(call, world, { ...body, type: natGatewayType, existing });
  checkName(base.name);
  requireIdleNetwork(call, world, base.id);
  if (body.zones) checkZones(base, body.zones);
  const properties = body.properties ?? propertiesShape.parse({}, 'properties');
  for (const { id } of properties.publicIpAddresses ?? [])
    if (world.state.addresses.get(id)?.location !== base.location) throw invalidReference(id, base.id);
  return acceptPut(call, world, {
    kind: 'network.put',
    form: 'network',
    resource: { ...base, state: 'Updating', zones: body.zones, properties },
    collection: world.state.natGateways,
    isNew: !existing,
    render: (gateway) => render(gateway, world),
  });
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const gateway = world.state.natGateways.get(arm.resourceIdOf(call, world, natGatewayType));
  if (!gateway) return { status: 204 };
  requireIdleNetwork(call, world, gateway.id);
  const subnets = subnetsWith(world, 'natGateway', gateway.id);
  if (subnets.length > 0) throw inUse('NatGateway', gateway.id, subnets.join(', '));
  return acceptDelete(call, world, {
    kind: 'network.delete',
    form: 'network',
    resource: gateway,
    collection: world.state.natGateways,
  });
}

export const natGatewayRoutes = resourceRoutes({
  type: natGatewayType,
  collection: (world) => world.state.natGateways,
  render,
  put,
  remove,
});
