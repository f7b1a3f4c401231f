import type { NetworkInterface } from '@azure/arm-network';
import type { StepHandle } from '../../steps/progress.ts';
import type { Step } from '../../steps/run-steps.ts';
import type { Creation } from '../driver.ts';
import { addresses } from './addresses.ts';
import { ensureAvailabilitySet } from './availability-set.ts';
import type { AzureMachine } from './azure-machine.ts';
import { imageName } from './image.ts';
import type { ImageFacts } from './image-facts/image-facts.ts';
import type { Making } from './making.ts';
import { putFirewall, putNic } from './network.ts';
import { placeName } from './network-place.ts';
import type { AzureOptions } from './options.ts';
import { ensureProximityGroup } from './proximity-group.ts';
import { type PublicIps, putPublicIp } from './public-ip.ts';
import { ensureGroup, isVanished, untilItStays } from './resource-group.ts';
import { acceptTerms } from './terms.ts';
import { putVirtualMachine } from './virtual-machine.ts';
import { ensureSubnet } from './virtual-network.ts';

/** What the steps of a creation need; both are asked for once, and late. */
export interface CreationSource {
  readonly name: string;
  readonly options: AzureOptions;
  machine(): Promise<AzureMachine>;
  image(): Promise<ImageFacts>;
}

/** The steps that make a machine: `group`, `network`, `terms`, `proximity` and `availability-set` where asked for, `vm`. */
export function creationSteps(source: CreationSource): readonly Step<Creation>[] {
  const { name, options } = source;
  const making = async (creation: Creation, signal: AbortSignal): Promise<Making> => ({
    machine: await source.machine(),
    creation,
    signal,
  });
  return [
    {
      id: 'group',
      title: `Resource group ${options.resourceGroup}`,
      async run(creation, step, signal) {
        const outcome = await ensureGroup(await source.machine(), creation.journal, signal);
        if (outcome === 'existed') step.title(`Resource group ${options.resourceGroup} exists`);
      },
    },
    {
      id: 'network',
      title: networkTitle(name, options),
      after: ['group'],
      run: async (creation, step, signal) => network(await making(creation, signal), step),
    },
    {
      id: 'terms',
      title: `Terms of image ${imageName(options.image)}`,
      skip: () => !options.acceptTerms,
      run: async (_creation, step, signal) => acceptTerms(await source.machine(), await source.image(), step, signal),
    },
    {
      id: 'proximity',
      title: `Proximity placement group ${options.proximityPlacementGroup}`,
      // After the network, which makes sure that the group is there to stay.
      after: ['network'],
      skip: () => options.proximityPlacementGroup === undefined,
      run: async (creation, _step, signal) => ensureProximityGroup(await making(creation, signal)),
    },
    {
      id: 'availability-set',
      title: `Availability set ${options.availabilitySet}`,
      after: ['network', 'proximity'],
      skip: () => options.availabilitySet === undefined,
      run: async (creation, _step, signal) => ensureAvailabilitySet(await making(creation, signal)),
    },
    {
      id: 'vm',
      title: `Virtual machine ${name}`,
      after: ['network', 'terms', 'proximity', 'availability-set'],
      run: async (creation, _step, signal) => putVirtualMachine(await making(creation, signal), await source.image()),
    },
  ];
}

/** What the network step makes or takes, before Azure has told the address. */
function networkTitle(machine: string, { securityGroup, virtualNetwork, subnet }: AzureOptions): string {
  const firewall = securityGroup === undefined ? `${machine}-firewall` : placeName(securityGroup);
  const network = subnet.startsWith('/') ? subnet.split('/').slice(-3, -2).join() : placeName(virtualNetwork);
  return `Network ${firewall}, ${network}`;
}

async function network(making: Making, step: StepHandle): Promise<void> {
  const { machine, creation } = making;
  const { names, options } = machine;
  const found = await untilItStays(making, () => connect(making));
  const { main, others } = addresses(options, machine.session.cloud, found);
  creation.address = main;
  creation.alternativeAddresses = [...others];
  const address = options.noPublicIp ? names.nic : names.publicIp;
  const firewall = names.securityGroup?.name ?? names.firewall;
  step.title(`Network ${firewall}, ${names.vnet}, ${address} ${main ?? ''}`.trimEnd());
}

/** Firewall, network and public IPs know nothing of each other, so they are made at once; the NIC joins them. */
async function connect(making: Making): Promise<PublicIps & { nic: NetworkInterface }> {
  const { options, names } = making.machine;
  const absent = Promise.resolve(undefined);
  const publicIp = options.noPublicIp ? absent : putPublicIp(making, 'IPv4');
  const publicIpV6 = options.noPublicIp || !options.ipv6 ? absent : putPublicIp(making, 'IPv6');
  const firewall = names.securityGroup === undefined ? putFirewall(making) : absent;
  await allDone([firewall, ensureSubnet(making), publicIp, publicIpV6]);
  return { publicIp: await publicIp, publicIpV6: await publicIpV6, nic: await putNic(making) };
}

/** Waits for all, even when one fails: nothing may still be on its way to Azure when a step has ended. */
async function allDone(works: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(works);
  const failures = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  // One that trying again cannot cure stands before those that it can.
  const worst = failures.find((failure) => !isVanished(failure)) ?? failures[0];
  if (worst !== undefined) throw worst;
}
