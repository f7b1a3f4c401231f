import { parseResourceId } from './resource-id.ts';

/** Where something of Microsoft.Network is that exists, or may be made. */
export interface NetworkPlace {
  readonly subscriptionId: string;
  readonly group: string;
  readonly name: string;
  readonly id: string;
  /** It was named by its resource id: it has to be there. */
  readonly byId: boolean;
}

export interface HomePlace {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
}

/** Reads `name`, `group:name`, or a resource id of the type; undefined when it is none of them. */
export function parsePlace(
  text: string,
  type: 'virtualNetworks' | 'networkSecurityGroups',
  home: HomePlace,
): NetworkPlace | undefined {
  if (text.startsWith('/')) {
    const parsed = parseResourceId(text);
    const [name] = parsed?.names ?? [];
    if (parsed?.type !== `microsoft.network/${type.toLowerCase()}` || name === undefined) return undefined;
    return { subscriptionId: parsed.subscriptionId, group: parsed.group, name, id: text, byId: true };
  }
  const words = text.split(':');
  const [first = '', second] = words;
  if (words.length > 2 || words.includes('')) return undefined;
  const [group, name] = second === undefined ? [home.resourceGroup, first] : [first, second];
  const { subscriptionId } = home;
  const id = `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/Microsoft.Network/${type}/${name}`;
  return { subscriptionId, group, name, id, byId: false };
}

/** A subnet, and the network that it is in. */
export interface SubnetPlace {
  readonly vnet: NetworkPlace;
  readonly name: string;
  readonly id: string;
  /** It was named by its resource id: it has to be there. */
  readonly byId: boolean;
}

/** Reads `--azure-vnet` and `--azure-subnet`; a subnet's id names its network as well. Undefined when one cannot be read. */
export function parseSubnetPlace(
  { virtualNetwork, subnet }: { readonly virtualNetwork: string; readonly subnet: string },
  home: HomePlace,
): SubnetPlace | undefined {
  if (!subnet.startsWith('/')) {
    const vnet = parsePlace(virtualNetwork, 'virtualNetworks', home);
    return vnet && { vnet, name: subnet, id: `${vnet.id}/subnets/${subnet}`, byId: false };
  }
  const parsed = parseResourceId(subnet);
  const [vnetName, name] = parsed?.names ?? [];
  if (parsed?.type !== 'microsoft.network/virtualnetworks/subnets' || name === undefined || vnetName === undefined)
    return undefined;
  const vnet = parsePlace(subnet.split('/').slice(0, -2).join('/'), 'virtualNetworks', home);
  return vnet && { vnet, name, id: subnet, byId: true };
}

/** For people: what a name, a `group:name` or a resource id ends with. */
export function placeName(text: string): string {
  return text.split(/[/:]/).at(-1) ?? text;
}
