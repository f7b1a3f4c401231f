import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Json } from '../sandbox/raw-https.ts';
import type { WorldSandbox } from './world-sandbox.ts';

/** Members that Azure gives each resource anew, or that depend on when it was made. */
const OF_THE_MOMENT = /^(etag|resourceGuid|vmId|uniqueId|timeCreated|macAddress|requestId)$/;
/** What `create` chooses, or takes from this computer, and a deployment is given. */
const GIVEN = /^(keyData|ipAddress)$/;
/** Whoever comes first gets the first address, where a private one was not asked for. */
const isDynamic = ({ privateIPAllocationMethod }: Json): boolean => privateIPAllocationMethod === 'Dynamic';
/** Makes an extension run again though its settings are the same: a creation has it each time, a template never. */
const RUN_AGAIN = /^(forceUpdateTag|timestamp)$/;
/** Tags that a template's machine has another value of, or none: it has an id of its own, and belongs to no store. */
const OWN_TAGS = ['azdock-id', 'azdock-store'];

/** Deploys to a group, made if need be, as any client of Azure Resource Manager does. @returns values of the outputs */
export async function deploy(
  { azure }: WorldSandbox,
  group: string,
  template: Json,
  parameters: Json = {},
): Promise<Json> {
  await azure('PUT', `/resourcegroups/${group}`, { location: 'westeurope' });
  const path = `/resourcegroups/${group}/providers/Microsoft.Resources/deployments/test`;
  const accepted = await azure('PUT', path, { properties: { mode: 'Incremental', template, parameters } });
  assert.ok(accepted.status < 300, accepted.text);
  const operation = accepted.headers['azure-asyncoperation'];
  let state = 'Accepted';
  while (state === 'Accepted' || state === 'Running') state = (await azure('GET', String(operation))).body.status;
  const { properties } = (await azure('GET', path)).body;
  assert.equal(properties.provisioningState, 'Succeeded', JSON.stringify(properties.error, undefined, 2));
  return Object.fromEntries(Object.entries<Json>(properties.outputs).map(([name, { value }]) => [name, value]));
}

/** Parameters out of a file that azdock has written. */
export function parametersOf(file: string): Json {
  return JSON.parse(readFileSync(file, 'utf8')).parameters;
}

/** Every resource of a group by its path, as Azure shows it, without what has to differ from one making to the next. */
export async function resourcesOf({ azure }: WorldSandbox, group: string): Promise<Record<string, Json>> {
  const { body } = await azure('GET', `/resourcegroups/${group}/resources`);
  const ids: string[] = body.value.map(({ id }: Json) => id);
  const found = await Promise.all(
    ids.map(async (id) => [below(id), comparable((await azure('GET', id)).body)] as const),
  );
  return Object.fromEntries(found.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function below(id: string): string {
  return id.replace(/^.*\/resourceGroups\/[^/]+\/providers\//i, '');
}

function comparable(value: Json, key = ''): Json {
  if (Array.isArray(value)) {
    const items = value.map((item) => comparable(item));
    // A subnet has its users in the order in which they came.
    return key === 'ipConfigurations' ? items.toSorted(({ id: one }, { id: other }) => (one < other ? -1 : 1)) : items;
  }
  if (typeof value === 'string') return value.replace(/(azdock\.certificate=)[0-9A-F]+/, '$1SERIAL');
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries<Json>(value)
    .filter(([name]) => ![OF_THE_MOMENT, GIVEN, RUN_AGAIN].some((pattern) => pattern.test(name)))
    .filter(([name]) => name !== 'privateIPAddress' || !isDynamic(value))
    .filter(([name]) => key !== 'tags' || !OWN_TAGS.includes(name))
    .map(([name, member]) => [name, comparable(member, name)] as const);
  return Object.fromEntries(members.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}
