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
    ...['virtualMachine', 'virtualMachineExtension', 'vmAgent', 'identity', 'plan', 'metadata', 'natGateway'],
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

type Kind = 'text' | 'object' | 'objects' | 'texts' | 'number' | 'list' | 'plain';

/** Members whose content is the user's own and can be anything. */
const FREE: ReadonlySet<string> = new Set([
  'settings',
  'protectedSettings',
  'parameters',
  'outputs',
  'template',
  'userAssignedIdentities',
]);

/** Members whose `status` has a code and a time. */
const STATUS_IN: ReadonlySet<string> = new Set(['extensionHandlers', 'vmHealth', 'bootDiagnostics']);

/** Levels of objects and lists in each other. Answers of Azure have a dozen. */
const MOST_LEVELS = 60;

/**
 * Looks whether an answer is made of what azdock takes it for, so that nothing behind has to. What is null is taken out: to Azure it is
 * the same as what is not there.
 *
 * @returns what is wrong, undefined when nothing is
 */
export function problemWith(answer: unknown): string | undefined {
  try {
    check(answer, '', 0);
    return undefined;
  } catch (error) {
    if (error instanceof Misfit) return error.message;
    throw error;
  }
}

/** Something that is not what it should be: where, and what it is not. */
class Misfit extends Error {
  readonly #path: readonly string[];
  readonly #what: string;

  constructor(path: readonly string[], what: string) {
    const text = path.map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`)).join('');
    super(`${JSON.stringify(text.replace(/^\./, ''))} ${what}`);
    this.#path = path;
    this.#what = what;
  }

  /** The same, seen from one level higher. */
  below(step: string): Misfit {
    return new Misfit([step, ...this.#path], this.#what);
  }
}

/** Answers can have megabytes, so nothing is copied. @param container name of the member that the value is, or is listed in */
function check(value: unknown, container: string, levels: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (levels > MOST_LEVELS) throw new Misfit([], `has more than ${MOST_LEVELS} levels`);
  if (Array.isArray(value)) takeOutNulls(value);
  const isList = Array.isArray(value);
  for (const [name, member] of Object.entries(value)) {
    try {
      if (member === null) Reflect.deleteProperty(value, name);
      else if (isList) check(member, container, levels + 1);
      else checkMember(name, member, { parent: value, container, levels });
    } catch (error) {
      throw error instanceof Misfit ? error.below(name) : error;
    }
  }
}

function takeOutNulls(list: unknown[]): void {
  let kept = 0;
  for (const item of list) if (item !== null) list[kept++] = item;
  list.length = kept;
}

function checkMember(name: string, member: unknown, place: Place): void {
  if (FREE.has(name)) return;
  // Applications in a gallery have a text.
  if (name === 'tags' && typeof member !== 'string') return checkTags(member);
  const kind = kindOf(name, place);
  if (kind !== undefined && !isKind(member, kind)) throw new Misfit([], `is ${WORDS[kind]}`);
  check(member, name, place.levels + 1);
}

/** Where a member stands. */
interface Place {
  readonly parent: object;
  /** Name of the member that the parent is, or is listed in. */
  readonly container: string;
  readonly levels: number;
}

/** What a member has to be; undefined for one that nobody looks at. */
function kindOf(name: string, { parent, container, levels }: Place): Kind | undefined {
  // Names of quotas are objects with a value and a localized one, those of zones lists; of everything else, texts.
  if (name === 'name') return container === 'zoneDetails' ? 'texts' : 'currentValue' in parent ? 'object' : 'text';
  // Of an image it is a word, of everything else an object.
  if (name === 'sku') return 'offer' in parent ? 'text' : 'object';
  if (name === 'value') return levels === 0 ? 'list' : 'plain';
  // A number of rules, a word of virtual machines.
  if (name === 'priority') return 'plain';
  // Of a kind of resource it is a text.
  if (name === 'capabilities') return 'apiVersions' in parent ? 'text' : 'objects';
  // What the agent, a probe or the diagnostics report is the whole of a status.
  if (name === 'status') return STATUS_IN.has(container) ? 'object' : 'text';
  return KINDS.get(name);
}

const WORDS: Readonly<Record<Kind, string>> = {
  text: 'no text',
  number: 'no number',
  object: 'no object',
  objects: 'no list of objects',
  texts: 'no list of texts',
  list: 'no list',
  plain: 'neither text nor number',
};

function isKind(value: unknown, kind: Kind): boolean {
  switch (kind) {
    case 'text':
    case 'texts':
      return kind === 'text' ? typeof value === 'string' : isListOf(value, (item) => typeof item === 'string');
    case 'number':
      return typeof value === 'number';
    case 'object':
      return isObject(value);
    case 'objects':
      return isListOf(value, isObject);
    case 'list':
      return Array.isArray(value);
    case 'plain':
      return typeof value !== 'object';
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, isOne: (item: unknown) => boolean): boolean {
  return Array.isArray(value) && value.every((item) => item === null || isOne(item));
}

function checkTags(tags: unknown): void {
  if (!isObject(tags)) throw new Misfit([], 'is no object');
  for (const [name, value] of Object.entries(Object(tags)))
    if (value === null) Reflect.deleteProperty(Object(tags), name);
    else if (typeof value !== 'string') throw new Misfit([name], 'is no text');
}

function of(kind: Kind, names: readonly string[]): [string, Kind][] {
  return names.map((name) => [name, kind]);
}
