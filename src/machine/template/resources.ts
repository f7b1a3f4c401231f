import type { RecordedRequest } from '../../drivers/azure/template/record-requests.ts';
import { UsageError } from '../../errors/usage-error.ts';
import type { Json, JsonObject } from '../../store/record.ts';
import { Expression, idOf, parameter, type Resource, type TemplateValue } from './expression.ts';
import type { Marks } from './marks.ts';

/** Types that azdock makes, in an order in which they can be made, each with its name in Bicep. */
const SYMBOLS: Readonly<Record<string, string>> = {
  'microsoft.network/networksecuritygroups': 'securityGroup',
  'microsoft.network/virtualnetworks': 'virtualNetwork',
  'microsoft.network/virtualnetworks/subnets': 'subnet',
  'microsoft.network/publicipaddresses': 'publicIp',
  'microsoft.network/networkinterfaces': 'networkInterface',
  'microsoft.compute/proximityplacementgroups': 'proximityGroup',
  'microsoft.compute/availabilitysets': 'availabilitySet',
  'microsoft.compute/virtualmachines': 'machine',
  'microsoft.compute/virtualmachines/extensions': 'extension',
};
const ORDER = Object.keys(SYMBOLS);

/** A recorded request, taken apart. */
interface Wanted extends RecordedRequest {
  readonly group: string;
  readonly type: string;
  readonly names: readonly string[];
}

export interface Reading {
  /** Resource group in which the machine is to be. */
  readonly group: string;
  /** Region of the machine, which becomes a parameter. */
  readonly location: string;
  readonly marks: Marks;
}

/**
 * The resources of a template out of the requests that a creation sends. Where one request names what another makes, the template says so,
 * and what nobody makes stays an id.
 *
 * @throws UsageError for what would have to be made in another resource group
 */
export function templateResources(requests: readonly RecordedRequest[], reading: Reading): readonly Resource[] {
  const made: { readonly id: string; readonly resource: Resource }[] = [];
  for (const wanted of requests.map(takeApart).toSorted(byOrder)) {
    const { id, type, apiVersion, group } = wanted;
    if (group.toLowerCase() !== reading.group.toLowerCase()) throw elsewhere(wanted, reading.group);
    const names = wanted.names.map((name) => reading.marks.fillText(name));
    const resource: Resource = {
      symbol: symbolOf(wanted),
      type,
      apiVersion,
      names,
      parent: made.find((one) => isSame(one.id, id.split('/').slice(0, -2).join('/')))?.resource,
      isRepeated: names.some((name) => name instanceof Expression),
      body: bodyOf(wanted, reading, (text) => referenceIn(text, made)),
    };
    made.push({ id, resource });
  }
  return made.map(({ resource }) => resource);
}

function takeApart(request: RecordedRequest): Wanted {
  const [, group = '', namespace = '', rest = ''] =
    /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)\/providers\/([^/]+)\/(.+)$/i.exec(request.id) ?? [];
  const words = rest.split('/');
  const every = (remainder: number) => words.filter((_word, index) => index % 2 === remainder);
  return { ...request, group, type: [namespace, ...every(0)].join('/'), names: every(1) };
}

function byOrder(one: Wanted, other: Wanted): number {
  const rank = ({ type }: Wanted) => ORDER.indexOf(type.toLowerCase());
  return rank(one) - rank(other) || (one.id < other.id ? -1 : 1);
}

/** There are two public addresses where there is IPv6. */
function symbolOf({ id, type, body }: Wanted): string {
  const symbol = SYMBOLS[type.toLowerCase()];
  if (symbol === undefined) throw new TypeError(`${id} is of a type that templates do not know yet`);
  return Object(body['properties']).publicIPAddressVersion === 'IPv6' ? `${symbol}V6` : symbol;
}

/** @param findReference gives the expression for an id of something in the template */
function bodyOf(
  { body }: Wanted,
  { location, marks }: Reading,
  findReference: (text: string) => Expression | undefined,
): Readonly<Record<string, TemplateValue>> {
  const convert = (value: Json): TemplateValue => {
    if (typeof value === 'string') return findReference(value) ?? marks.fillText(value);
    if (typeof value !== 'object' || value === null) return value;
    return Array.isArray(value) ? value.map(convert) : convertAll(value);
  };
  const convertAll = (object: JsonObject) =>
    Object.fromEntries(Object.entries(object).map(([key, value]) => [key, convert(value)]));
  const converted = convertAll(body);
  return body['location'] === location ? { ...converted, location: parameter('location') } : converted;
}

function referenceIn(
  text: string,
  made: readonly { readonly id: string; readonly resource: Resource }[],
): Expression | undefined {
  const lower = text.toLowerCase();
  const whole = made.find(({ id }) => id.toLowerCase() === lower);
  if (whole !== undefined) return idOf(whole.resource);
  const above = made.find(({ id }) => lower.startsWith(`${id.toLowerCase()}/`));
  return above && idOf(above.resource, text.slice(above.id.length + 1).split('/'));
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function elsewhere({ id, group: other }: Wanted, group: string): UsageError {
  return new UsageError(
    `A template makes things in one resource group, and ${id.split('/').slice(-2).join('/')} would have to be made in ${other}, not in ${group}.`,
    {
      resource: id,
      nextSteps: [{ label: 'All in one group', command: `azdock template --azure-resource-group ${other} …` }],
    },
  );
}

/** Ids in a template of what is not made by it, each once. */
export function foreignIds(resources: readonly Resource[]): readonly string[] {
  const found = new Set<string>();
  const look = (value: TemplateValue): void => {
    if (typeof value === 'string' && /^\/subscriptions\/[^/]+\/resourceGroups\//i.test(value)) found.add(value);
    else if (typeof value === 'object' && value !== null && !(value instanceof Expression))
      for (const [key, inner] of Object.entries(value)) {
        // Identities are named by keys.
        look(key);
        look(inner);
      }
  };
  for (const { body } of resources) look(body);
  return [...found];
}
