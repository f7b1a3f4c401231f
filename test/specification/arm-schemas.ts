import type { ValidateFunction } from 'ajv';
import type Ajv from 'ajv-draft-04';
import type { Json } from '../sandbox/raw-https.ts';
import { closed, createAjv, problemsOf, readSchema } from './json-schemas.ts';

const ROOT = 'https://schema.management.azure.com/schemas';

/** The newest published schemas of what can be PUT. */
const files = {
  common: 'common/definitions.json',
  compute: '2026-03-01/Microsoft.Compute.json',
  extensions: '2026-03-01/Microsoft.Compute.Extensions.json',
  disks: '2026-03-02/Microsoft.Compute.json',
  network: '2025-07-01/Microsoft.Network.NRP.json',
  resources: '2025-04-01/Microsoft.Resources.json',
} as const;

type File = keyof typeof files;

/** Where each type is, by name in lower case. */
const types: Readonly<Record<string, { readonly file: File; readonly type: string }>> = Object.fromEntries(
  [
    { file: 'resources' as const, type: 'Microsoft.Resources/resourceGroups' },
    { file: 'resources' as const, type: 'Microsoft.Resources/deployments' },
    { file: 'compute' as const, type: 'Microsoft.Compute/availabilitySets' },
    { file: 'compute' as const, type: 'Microsoft.Compute/images' },
    { file: 'compute' as const, type: 'Microsoft.Compute/proximityPlacementGroups' },
    { file: 'compute' as const, type: 'Microsoft.Compute/virtualMachines' },
    { file: 'extensions' as const, type: 'Microsoft.Compute/virtualMachines/extensions' },
    { file: 'disks' as const, type: 'Microsoft.Compute/disks' },
    { file: 'network' as const, type: 'Microsoft.Network/networkInterfaces' },
    { file: 'network' as const, type: 'Microsoft.Network/networkSecurityGroups' },
    { file: 'network' as const, type: 'Microsoft.Network/networkSecurityGroups/securityRules' },
    { file: 'network' as const, type: 'Microsoft.Network/natGateways' },
    { file: 'network' as const, type: 'Microsoft.Network/publicIPAddresses' },
    { file: 'network' as const, type: 'Microsoft.Network/routeTables' },
    { file: 'network' as const, type: 'Microsoft.Network/virtualNetworks' },
    { file: 'network' as const, type: 'Microsoft.Network/virtualNetworks/subnets' },
  ].map((place) => [place.type.toLowerCase(), place]),
);

/** Types whose bodies can be checked. */
export const armTypes: readonly string[] = Object.values(types).map(({ type }) => type);

/** What a path's PUT makes: `Microsoft.Compute/virtualMachines`, and the name as a template has it, `vm/extension`. */
export function resourceAt(path: string): { readonly type: string; readonly name: string } {
  const [scope = '', provider] = path.split(/\/providers\//i);
  if (provider === undefined)
    return { type: 'Microsoft.Resources/resourceGroups', name: scope.split('/').at(-1) ?? '' };
  const [namespace = '', ...words] = provider.split('/');
  const every = (remainder: number) => words.filter((_word, index) => index % 2 === remainder);
  return { type: [namespace, ...every(0)].join('/'), name: every(1).join('/') };
}

/** The schemas of templates, as checks of the bodies of requests. */
export class ArmSchemas {
  readonly #ajv: Ajv.default = createAjv();
  readonly #compiled = new Map<string, ValidateFunction>();

  /** @param specifications the folder that holds `arm-schemas/` */
  constructor(specifications: string) {
    for (const file of Object.values(files)) {
      const schema = readSchema(`${specifications}/arm-schemas/schemas/${file}`);
      this.#ajv.addSchema(file === files.extensions ? schema : adapted(closed(schema)), `${ROOT}/${file}`);
    }
  }

  /** Problems of a body that is PUT to a path; one that no schema is known for has that problem. */
  check(path: string, body: Json): readonly string[] {
    const { type, name } = resourceAt(path);
    const place = types[type.toLowerCase()];
    if (place === undefined) return [`no schema for ${type}`];
    const [apiVersion] = files[place.file].split('/');
    // What stands in a template around the body. There `properties` are required; the REST API often needs none.
    return problemsOf(this.#validatorOf(place), { properties: {}, ...body, type: place.type, name, apiVersion });
  }

  #validatorOf({ file, type }: { readonly file: File; readonly type: string }): ValidateFunction {
    const known = this.#compiled.get(type);
    if (known !== undefined) return known;
    const scope = file === 'resources' ? 'subscription_resourceDefinitions' : 'resourceDefinitions';
    const name = type.split('/').slice(1).join('_');
    const made = this.#ajv.compile({ $ref: `${ROOT}/${files[file]}#/${scope}/${name}` });
    this.#compiled.set(type, made);
    return made;
  }
}

/** Takes away what is true of templates only, and a list that has long been left behind. */
function adapted(schema: Json): Json {
  const { definitions } = schema;
  // "[parameters('x')]" fits everywhere in a template; in a request it is a mistake.
  if (definitions.expression !== undefined) definitions.expression = { not: {} };
  // Lists sizes of 2019 and earlier.
  if (definitions.HardwareProfile !== undefined) definitions.HardwareProfile.properties.vmSize = { type: 'string' };
  return schema;
}
