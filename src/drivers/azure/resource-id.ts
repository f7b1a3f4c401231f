/** An ARM id taken apart. */
export interface ResourceId {
  readonly id: string;
  readonly subscriptionId: string;
  readonly group: string;
  /** Lower case, with all segments: `microsoft.network/virtualnetworks/subnets`. Empty for a resource group. */
  readonly type: string;
  /** One for each segment of the type: `[vnet, subnet]`. */
  readonly names: readonly string[];
}

/**
 * Takes an ARM id apart (`/subscriptions/S/resourceGroups/G/providers/N/T/name[/T/name]`).
 *
 * @returns undefined when it is none
 */
export function parseResourceId(id: string): ResourceId | undefined {
  const [empty, subscriptions, subscriptionId, groups, group, providers, namespace, ...path] = id.split('/');
  if (empty !== '' || subscriptions?.toLowerCase() !== 'subscriptions' || groups?.toLowerCase() !== 'resourcegroups')
    return undefined;
  if (!subscriptionId || !group) return undefined;
  if (providers === undefined) return { id, subscriptionId, group, type: '', names: [] };
  if (providers.toLowerCase() !== 'providers' || !namespace || path.length === 0 || path.length % 2 !== 0)
    return undefined;
  const types = path.filter((_, index) => index % 2 === 0);
  const names = path.filter((_, index) => index % 2 === 1);
  return { id, subscriptionId, group, type: [namespace, ...types].join('/').toLowerCase(), names };
}
