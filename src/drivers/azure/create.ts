import type { Step } from '../../steps/run-steps.ts';
import type { Creation } from '../creation.ts';
import { ensureAvailabilitySet } from './availability-set.ts';
import type { Course } from './fallback/course.ts';
import { makeVirtualMachine } from './fallback/make-virtual-machine.ts';
import { imageName } from './image.ts';
import type { ImageFacts } from './image-facts/image-facts.ts';
import { makeNetwork } from './make-network.ts';
import type { Making } from './making.ts';
import { placeName } from './network-place.ts';
import type { AzureOptions } from './options.ts';
import { ensureRunning } from './power.ts';
import { ensureProximityGroup } from './proximity-group.ts';
import { ensureGroup } from './resource-group.ts';
import { acceptTerms } from './terms.ts';

/** What the steps of a creation need; both are asked for once, and late. */
export interface CreationSource {
  readonly name: string;
  readonly options: AzureOptions;
  readonly course: Course;
  /** An earlier run has made the VM, and with it what it lies in. */
  readonly hasHost: boolean;
  image(): Promise<ImageFacts>;
}

/** The steps that make a machine: `group`, `network`, `terms`, `proximity` and `availability-set` where asked for, `vm`. */
export function creationSteps(source: CreationSource): readonly Step<Creation>[] {
  const { name, options, course, hasHost } = source;
  const making = async (creation: Creation, signal: AbortSignal): Promise<Making> => ({
    machine: await course.machine(),
    creation,
    signal,
  });
  return [
    {
      id: 'group',
      title: `Resource group ${options.resourceGroup}`,
      async run(creation, step, signal) {
        const outcome = await ensureGroup(await course.machine(), creation.journal, signal);
        if (outcome === 'existed') step.title(`Resource group ${options.resourceGroup} exists`);
      },
    },
    {
      id: 'network',
      title: networkTitle(name, options),
      after: ['group'],
      run: async (creation, step, signal) => makeNetwork(await making(creation, signal), step),
    },
    {
      id: 'terms',
      title: `Terms of image ${imageName(options.image)}`,
      skip: () => hasHost || !options.acceptTerms,
      run: async (_creation, step, signal) => acceptTerms(await course.machine(), await source.image(), step, signal),
    },
    {
      id: 'proximity',
      title: `Proximity placement group ${options.proximityPlacementGroup}`,
      // After the network, which makes sure that the group is there to stay.
      after: ['network'],
      skip: () => hasHost || options.proximityPlacementGroup === undefined,
      run: async (creation, _step, signal) => ensureProximityGroup(await making(creation, signal)),
    },
    {
      id: 'availability-set',
      title: `Availability set ${options.availabilitySet}`,
      after: ['network', 'proximity'],
      skip: () => hasHost || options.availabilitySet === undefined,
      run: async (creation, _step, signal) => ensureAvailabilitySet(await making(creation, signal)),
    },
    {
      id: 'vm',
      title: hasHost ? `Virtual machine ${name} exists` : `Virtual machine ${name}`,
      after: ['network', 'terms', 'proximity', 'availability-set'],
      run: async (creation, step, signal) =>
        hasHost
          ? ensureRunning(await course.machine(), step, signal)
          : makeVirtualMachine(await making(creation, signal), { course, image: await source.image(), step }),
    },
  ];
}

/** What the network step makes or takes, before Azure has told the address. */
function networkTitle(machine: string, { securityGroup, virtualNetwork, subnet }: AzureOptions): string {
  const firewall = securityGroup === undefined ? `${machine}-firewall` : placeName(securityGroup);
  const network = subnet.startsWith('/') ? subnet.split('/').slice(-3, -2).join() : placeName(virtualNetwork);
  return `Network ${firewall}, ${network}`;
}
