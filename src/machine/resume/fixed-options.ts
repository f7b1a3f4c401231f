import type { AzureOptions } from '../../drivers/azure/options.ts';
import type { Journal } from '../../drivers/creation.ts';
import { UsageError } from '../../errors/usage-error.ts';
import { azureOptionFlags, type FlaggedOption } from './azure-option-flags.ts';

/** May be another though the VM is there: what is not part of it, and how azdock logs in to Azure. */
const NOT_THE_HOSTS: ReadonlySet<FlaggedOption> = new Set([
  'tenantId',
  'login',
  'clientId',
  'clientSecret',
  'acceptTerms',
  'fallback',
  'dockerPort',
  'usePrivateIp',
  'staticPublicIp',
  'dnsLabel',
  'allowFrom',
  'openPorts',
]);

/** Where everything of the machine is. */
const PLACE: ReadonlySet<FlaggedOption> = new Set(['environment', 'subscriptionId', 'resourceGroup', 'location']);

/** What the machine was to share: another one would leave that which was made without anybody who removes it. */
const SHARED: ReadonlyMap<FlaggedOption, string> = new Map([
  ['virtualNetwork', '/virtualnetworks/'],
  ['subnet', '/virtualnetworks/'],
  ['availabilitySet', '/availabilitysets/'],
  ['proximityPlacementGroup', '/proximityplacementgroups/'],
]);

/** Go into NIC and public addresses, which have to be made anew for them. */
const ADDRESS: readonly FlaggedOption[] = [
  'availabilityZone',
  'noPublicIp',
  'ipv6',
  'privateIpAddress',
  'virtualNetwork',
  'subnet',
  'subnetPrefix',
  'securityGroup',
  'acceleratedNetworking',
  'tags',
];

export interface Changes {
  readonly name: string;
  readonly before: AzureOptions;
  readonly after: AzureOptions;
}

/**
 * Refuses what cannot be another any more, since something that was made has it.
 * @throws UsageError naming the flag, and how the machine can be had so
 */
export function refuseFixed(
  changes: Changes,
  { journal, hasHost }: { readonly journal: Journal; readonly hasHost: boolean },
): void {
  const ids = journal.entries.map(({ id }) => id.toLowerCase());
  for (const option of changed(changes)) {
    if (hasHost && !NOT_THE_HOSTS.has(option)) throw fixed(changes, option, 'its virtual machine is there already');
    if (PLACE.has(option) && ids.length > 0) throw fixed(changes, option, 'what was made of it is there already');
    const shared = SHARED.get(option);
    if (shared !== undefined && ids.some((id) => id.includes(shared)))
      throw fixed(changes, option, 'it was made already');
  }
}

/** True when NIC and public addresses that are there do not fit any more. */
export function changesAddress(changes: Changes): boolean {
  return changed(changes).some((option) => ADDRESS.includes(option));
}

function changed({ before, after }: Changes): readonly FlaggedOption[] {
  return parseOptions(Object.keys(azureOptionFlags)).filter(
    (option) => compared(before[option]) !== compared(after[option]),
  );
}

/** `West Europe` is `westeurope`, and Azure's names know no letter case. */
function compared(value: AzureOptions[FlaggedOption]): string {
  return text(value).replaceAll(' ', '').toLowerCase();
}

/** Keys of the table are options. */
function parseOptions(keys: readonly string[]): readonly FlaggedOption[] {
  return keys as FlaggedOption[];
}

function text(value: AzureOptions[FlaggedOption]): string {
  if (value === undefined || typeof value !== 'object') return String(value ?? '');
  return JSON.stringify(value);
}

function fixed({ name, before, after }: Changes, option: FlaggedOption, why: string): UsageError {
  const [flag = ''] = azureOptionFlags[option];
  const value = typeof after[option] === 'boolean' ? '' : ` ${text(after[option]).replace(/^\[|]$|"/g, '')}`;
  const had = text(before[option]);
  return new UsageError(`--${flag} cannot be changed for ${name}: ${why}${had === '' ? '' : `, with ${had}`}.`, {
    resource: `--${flag}`,
    nextSteps: [
      { label: 'As it is', command: `azdock create ${name} --resume` },
      { label: 'Or remove it', command: `azdock rm ${name}` },
      { label: 'And make it anew', command: `azdock create ${name} --${flag}${value}` },
    ],
  });
}
