/**
 * What members of Azure's answers hold, by their names: those that azdock reads (Microsoft.Compute, Microsoft.Network,
 * Microsoft.Resources; Azure/azure-rest-api-specs). The same name holds the same everywhere, but for {@link kindOf}.
 */
const KINDS: ReadonlyMap<string, Kind> = new Map([
  ...of('text', [
    ...['id', 'type', 'kind', 'location', 'etag', 'code', 'message', 'level', 'displayStatus', 'time', 'target'],
    ...['provisioningState', 'subscriptionId', 'tenantId', 'displayName', 'regionalDisplayName', 'state', 'managedBy'],
    ...['ipAddress', 'privateIPAddress', 'fqdn', 'domainNameLabel', 'addressPrefix', 'nextLink', 'localizedValue'],
    ...['sourceAddressPrefix', 'destinationPortRange', 'protocol', 'access', 'direction', 'description'],
    ...[
      'publisher',
      'offer',
      'version',
      'exactVersion',
      'product',
      'urn',
      'vmSize',
      'size',
      'family',
      'tier',
      'resourceType',
    ],
    ...['osType', 'osState', 'hyperVGeneration', 'architecture', 'imageState', 'scheduledDeprecationTime', 'unit'],
    ...['registrationState', 'namespace', 'principalId', 'clientId', 'vmId', 'evictionPolicy', 'adminUsername'],
    ...[
      'computerName',
      'regionType',
      'regionCategory',
      'geography',
      'geographyGroup',
      'physicalLocation',
      'reasonCode',
    ],
    ...['typeHandlerVersion', 'createdTime', 'changedTime', 'timeCreated', 'createdAt', 'defaultApiVersion'],
    ...['publicIPAllocationMethod', 'privateIPAllocationMethod', 'privateIPAddressVersion', 'publicIPAddressVersion'],
  ]),
  ...of('object', [
    ...['properties', 'error', 'instanceView', 'hardwareProfile', 'storageProfile', 'osProfile', 'networkProfile'],
    ...['imageReference', 'osDisk', 'managedDisk', 'networkSecurityGroup', 'subnet', 'publicIPAddress', 'dnsSettings'],
    ...['virtualMachine', 'virtualMachineExtension', 'vmAgent', 'identity', 'metadata', 'natGateway'],
    ...['osDiskImage', 'imageDeprecationStatus', 'securityProfile', 'linuxConfiguration', 'restrictionInfo'],
    ...[
      'ipConfiguration',
      'networkInterface',
      'routeTable',
      'availabilitySet',
      'proximityPlacementGroup',
      'addressSpace',
    ],
  ]),
  ...of('objects', [
    ...['statuses', 'substatuses', 'extensions', 'extensionHandlers', 'locationInfo', 'restrictions'],
    ...['zoneDetails', 'securityRules', 'defaultSecurityRules', 'subnets', 'ipConfigurations', 'networkInterfaces'],
    ...[
      'details',
      'resourceTypes',
      'availabilityZoneMappings',
      'pairedRegion',
      'dataDisks',
      'virtualMachines',
      'delegations',
    ],
    ...['features', 'dataDiskImages', 'virtualMachineExtensions', 'resources'],
  ]),
  ...of('texts', [
    ...[
      'zones',
      'locations',
      'addressPrefixes',
      'sourceAddressPrefixes',
      'destinationPortRanges',
      'destinationAddressPrefixes',
    ],
    ...['sourcePortRanges', 'apiVersions', 'values'],
  ]),
  ...of('number', [
    'limit',
    'currentValue',

    'diskSizeGB',
    'diskSizeBytes',
    'lun',
    'count',
    'retailPrice',
    'idleTimeoutInMinutes',
  ]),
]);

export type Kind = 'text' | 'object' | 'objects' | 'texts' | 'number' | 'list' | 'plain';

/** Members whose content is the user's own and can be anything. */
export const FREE: ReadonlySet<string> = new Set([
  'settings',
  'protectedSettings',
  'parameters',
  'outputs',
  'template',
  'userAssignedIdentities',
]);

/** Members whose `status` has a code and a time. */
const STATUS_IN: ReadonlySet<string> = new Set(['extensionHandlers', 'vmHealth', 'bootDiagnostics']);

/** Where a member stands. */
export interface Place {
  readonly parent: object;
  /** Name of the member that the parent is, or is listed in. */
  readonly container: string;
  readonly levels: number;
}

/** What a member has to be; undefined for one that nobody looks at. */
export function kindOf(name: string, { parent, container, levels }: Place): Kind | undefined {
  // Names of quotas are objects with a value and a localized one, those of zones lists; of everything else, texts.
  if (name === 'name') return container === 'zoneDetails' ? 'texts' : 'currentValue' in parent ? 'object' : 'text';
  // Of an image it is a word, of everything else an object.
  if (name === 'sku') return 'offer' in parent ? 'text' : 'object';
  if (name === 'value') return levels === 0 ? 'list' : 'plain';
  // An agreement names the plan that it is about.
  if (name === 'plan') return 'licenseTextLink' in parent ? 'text' : 'object';
  // A number of rules, a word of virtual machines.
  if (name === 'priority') return 'plain';
  // Of a kind of resource it is a text.
  if (name === 'capabilities') return 'apiVersions' in parent ? 'text' : 'objects';
  // What the agent, a probe or the diagnostics report is the whole of a status.
  if (name === 'status') return STATUS_IN.has(container) ? 'object' : 'text';
  return KINDS.get(name);
}

function of(kind: Kind, names: readonly string[]): [string, Kind][] {
  return names.map((name) => [name, kind]);
}
