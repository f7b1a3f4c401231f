import type { CreationPreview } from '../machine/preview-creation.ts';
import { tabulate } from './table.ts';
import { wrap } from './wrap.ts';

/** Cells that the columns before the names take. */
const LABEL_CELLS = 50;
const LEAST_CELLS = 20;

type PreviewedResource = NonNullable<CreationPreview['cloud']>['resources'][number];

/** Types of resources as people call them. */
const KINDS: Readonly<Record<string, string>> = {
  resourceGroups: 'resource group',
  networkSecurityGroups: 'security group',
  virtualNetworks: 'virtual network',
  subnets: 'subnet',
  publicIPAddresses: 'public IP',
  networkInterfaces: 'network interface',
  proximityPlacementGroups: 'proximity placement group',
  availabilitySets: 'availability set',
  virtualMachines: 'virtual machine',
  disks: 'disk',
  extensions: 'extension',
  userAssignedIdentities: 'identity',
};

/** Every resource that a dry run speaks of, those of one type and fate in one row. */
export function resourceLines(previews: readonly CreationPreview[], width: number): readonly string[] {
  const rows = new Map<string, { readonly cells: readonly string[]; readonly names: Set<string> }>();
  for (const resource of previews.flatMap(({ cloud }) => cloud?.resources ?? [])) {
    const cells = [KINDS[resource.type.split('/').at(-1) ?? ''] ?? resource.type, fateOf(resource)];
    const key = [...cells, resource.resourceGroup].join();
    const found = rows.get(key) ?? { cells, names: new Set() };
    found.names.add(resource.name);
    rows.set(key, found);
  }
  if (rows.size === 0) return [];
  const room = Math.max(LEAST_CELLS, width - LABEL_CELLS);
  const table = [...rows.values()].flatMap(({ cells, names }) =>
    wrap([...names].join(', '), room).map((line, at) => [...(at === 0 ? cells : ['', '']), line]),
  );
  return ['', tabulate([['RESOURCE', 'WHAT', 'NAME'], ...table]).trimEnd()];
}

function fateOf({ exists, action }: PreviewedResource): string {
  if (exists === null) return 'make, if it is not there';
  if (action === 'write') return 'there; is overwritten';
  return action === 'use' ? 'there; is used' : 'make';
}
