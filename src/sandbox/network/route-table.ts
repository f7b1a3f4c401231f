import { acceptDelete, acceptPut, requireIdleNetwork } from '../arm/accept.ts';
import { computed, tracked } from '../arm/common-shapes.ts';
import { readBody } from '../arm/read-body.ts';
import * as arm from '../arm/resources.ts';
import type { ArmCall } from '../arm/route.ts';
import type { Answer } from '../http/exchange.ts';
import { flag, list, object, oneOf, optional, readOnly, type Shaped, text } from '../shape.ts';
import type { Resource } from '../state/resource.ts';
import type { World } from '../world.ts';
import { subnetsWith } from './links.ts';
import { inUse } from './problems.ts';
import { checkName } from './resource-name.ts';
import { resourceRoutes } from './resource-routes.ts';

const route = object({
  ...computed,
  name: text,
  properties: object({
    addressPrefix: optional(text),
    nextHopType: oneOf('VirtualNetworkGateway', 'VnetLocal', 'Internet', 'VirtualAppliance', 'None'),
    nextHopIpAddress: optional(text),
    hasBgpOverride: readOnly,
    provisioningState: readOnly,
  }),
});

const propertiesShape = object({
  routes: optional(list(route)),
  disableBgpRoutePropagation: optional(flag),
  subnets: readOnly,
  resourceGuid: readOnly,
  provisioningState: readOnly,
});

const shape = object({ ...tracked, properties: optional(propertiesShape) });

/** Subnets name it; guests' packets take no notice of it. */
export interface RouteTable extends Resource {
  readonly properties: Shaped<typeof propertiesShape>;
}

const routeTableType = 'Microsoft.Network/routeTables';

function render(table: RouteTable, world: World): unknown {
  const subnets = subnetsWith(world, 'routeTable', table.id);
  const { routes = [], disableBgpRoutePropagation = false } = table.properties;
  return {
    ...arm.renderBase(table),
    etag: `W/"${table.etag}"`,
    properties: {
      provisioningState: table.state,
      resourceGuid: arm.guidFor(table.id),
      disableBgpRoutePropagation,
      routes: routes.map(({ name, properties }) => ({
        name,
        id: `${table.id}/routes/${name}`,
        etag: `W/"${table.etag}"`,
        type: `${routeTableType}/routes`,
        properties: { provisioningState: table.state, ...properties },
      })),
      ...(subnets.length === 0 ? {} : { subnets: subnets.map((id) => ({ id })) }),
    },
  };
}

function put(call: ArmCall, world: World): Answer {
  const body = readBody(call, shape, 'network');
  const existing = world.state.routeTables.get(arm.resourceIdOf(call, world, routeTableType));
  const base = arm.identify(call, world, { ...body, type: routeTableType, existing });
  checkName(base.name);
  requireIdleNetwork(call, world, base.id);
  const properties = body.properties ?? propertiesShape.parse({}, 'properties');
  return acceptPut(call, world, {
    kind: 'network.put',
    form: 'network',
    resource: { ...base, state: 'Updating', properties },
    collection: world.state.routeTables,
    isNew: !existing,
    render: (table) => render(table, world),
  });
}

function remove(call: ArmCall, world: World): Answer {
  arm.requireGroup(call, world);
  const table = world.state.routeTables.get(arm.resourceIdOf(call, world, routeTableType));
  if (!table) return { status: 204 };
  requireIdleNetwork(call, world, table.id);
  const subnets = subnetsWith(world, 'routeTable', table.id);
  if (subnets.length > 0) throw inUse('RouteTable', table.id, subnets.join(', '));
  return acceptDelete(call, world, {
    kind: 'network.delete',
    form: 'network',
    resource: table,
    collection: world.state.routeTables,
  });
}

export const routeTableRoutes = resourceRoutes({
  type: routeTableType,
  collection: (world) => world.state.routeTables,
  render,
  put,
  remove,
});
