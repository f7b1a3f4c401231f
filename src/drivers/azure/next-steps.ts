import type { NextStep } from '../../errors/azdock-error.ts';
import type { Deed } from './arm-meanings.ts';
import { BOUND_TO_PLACE, tryWith } from './checks/refusal.ts';

/** What can be done about a refusal, by what would have to be different. */
export type Remedy =
  | 'another-size'
  | 'another-zone'
  | 'another-image'
  | 'another-label'
  | 'another-source'
  | 'without-spot'
  | 'higher-price'
  | 'accept-terms'
  | 'name-plan'
  | 'register-encryption'
  | 'standard-security'
  | 'managed-disk'
  | 'usual-disk-size'
  | 'two-fault-domains'
  | 'managed-diagnostics'
  | 'sign-in';

/** Whole commands, the first one first. A creation has left something behind, which goes before the next try. */
export function nextSteps(remedy: Remedy | undefined, deed: Deed): NextStep[] {
  const { machine, doing, options } = deed;
  if (remedy === 'sign-in') return [{ label: 'Sign in as someone else', command: 'az login' }];
  if (/^start /.test(doing)) return [{ label: 'Try again later', command: `azdock start ${machine}` }];
  if (/^change firewall /.test(doing) && remedy === 'another-source')
    return [{ label: 'Another source', command: `azdock allow ${machine} ADDRESS` }];
  const cleanUp = { label: 'Clean up', command: `azdock rm ${machine}` };
  if (remedy === undefined) return /^(create|accept|repair) /.test(doing) ? [cleanUp] : again(deed);
  const create = (label: string, flags: string, ...without: readonly string[]) =>
    tryWith(machine, label, flags, ...without);
  const image = `--azure-image ${options.image}`;
  const others: Record<Exclude<Remedy, 'sign-in'>, readonly NextStep[]> = {
    'another-size': [
      create('Then another size', '--azure-size Standard_B2as_v2'),
      create('Or another region', '--azure-location northeurope', ...BOUND_TO_PLACE),
    ],
    'another-zone': [
      create('Then another zone', `--azure-availability-zone ${otherZone(options.availabilityZone)}`),
      create(
        'Or another size',
        `--azure-availability-zone ${options.availabilityZone ?? 1} --azure-size Standard_D2as_v5`,
      ),
    ],
    'another-image': [
      create('Then another image', '--azure-image Canonical:ubuntu-24_04-lts:server:latest', 'azure-plan'),
    ],
    'another-label': [create('Then another label', `--azure-dns ${machine}-2`)],
    'another-source': [create('Then another source', '--azure-allow-from ADDRESS')],
    'without-spot': [
      create('Then another size', '--azure-spot --azure-size Standard_D2as_v5'),
      create('Or without Spot', `--azure-size ${options.size}`, ...OF_SPOT),
    ],
    'higher-price': [
      create('Then without a limit', `--azure-spot --azure-size ${options.size}`, 'azure-spot-max-price'),
    ],
    'accept-terms': [create('Then accept them', `--azure-accept-terms ${image}`)],
    'name-plan': [create('Then name its plan', `--azure-plan PUBLISHER:PRODUCT:PLAN ${image}`)],
    'register-encryption': [
      {
        label: 'Then register it, which takes minutes',
        command: 'az feature register --namespace Microsoft.Compute --name EncryptionAtHost',
      },
    ],
    'standard-security': [create('Then without Trusted Launch', `--azure-security-type standard ${image}`)],
    'managed-disk': [create('Then with a managed disk', `--azure-size ${options.size}`, 'azure-ephemeral-os-disk')],
    'usual-disk-size': [create("Then with the image's own size", image, 'azure-disk-size')],
    'two-fault-domains': [create('Then with two', '--azure-fault-domain-count 2')],
    'managed-diagnostics': [create('Then in a managed account', '--azure-boot-diagnostics managed')],
  };
  return [cleanUp, ...others[remedy]];
}

/** What is nothing without `--azure-spot`. */
const OF_SPOT = ['azure-spot', 'azure-spot-max-price', 'azure-spot-eviction-policy'] as const;

/** The way to Azure, when nothing comes back from there. */
export const WAY_THERE: NextStep = { label: 'Look at the way there', command: 'azdock doctor' };

/** The verb that does it once more, where what is being done belongs to one verb. */
function again({ doing, machine }: Deed): NextStep[] {
  const verb = verbs.find(({ deeds }) => deeds.test(doing))?.verb;
  if (verb === undefined) return [];
  return [{ label: 'Try again later', command: isOfOne(verb) ? `azdock ${verb} ${machine}` : `azdock ${verb}` }];
}

const verbs: readonly { readonly deeds: RegExp; readonly verb: string }[] = [
  { deeds: /^stop /, verb: 'stop' },
  { deeds: /^restart /, verb: 'restart' },
  { deeds: /^(attach |delete extension |run a script )/, verb: 'provision' },
  { deeds: /^delete /, verb: 'rm' },
  { deeds: /^change firewall /, verb: 'allow' },
  { deeds: /^tell the state /, verb: 'status' },
  { deeds: /^tell the address /, verb: 'ip' },
  { deeds: /^list virtual machines/, verb: 'ls' },
  { deeds: /^(list all resources|list resource groups|find out who uses )/, verb: 'prune' },
  { deeds: /^list regions/, verb: 'locations' },
  { deeds: /^(list sizes|read quotas) of /, verb: 'sizes' },
  { deeds: /^list images of /, verb: 'images' },
];

/** False for verbs that are about no machine. */
function isOfOne(verb: string): boolean {
  return !['ls', 'prune', 'locations', 'sizes', 'images'].includes(verb);
}

function otherZone(zone: string | undefined): string {
  return zone === '1' ? '2' : '1';
}
