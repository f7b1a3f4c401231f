import type { PublicIPAddress } from '@azure/arm-network';
import type { StepHandle } from '../../steps/progress.ts';
import type { Step } from '../../steps/run-steps.ts';
import type { Creation } from '../driver.ts';
import { addresses } from './addresses.ts';
import type { AzureMachine } from './azure-machine.ts';
import type { ImageFacts } from './image.ts';
import { ensureSubnet, type Making, putFirewall, putNic, putPublicIp } from './network.ts';
import type { AzureOptions } from './options.ts';
import { ensureGroup } from './resource-group.ts';
import { ensureAvailabilitySet, putVirtualMachine } from './virtual-machine.ts';

/** What the steps of a creation need; both are asked for once, and late. */
export interface CreationSource {
  readonly name: string;
  readonly options: AzureOptions;
  machine(): Promise<AzureMachine>;
  image(): Promise<ImageFacts>;
}

/** The steps that make a machine: `group`, `network`, `availability-set` where asked for, `vm`. */
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
      title: `Network ${name}-firewall, ${options.virtualNetwork}`,
      after: ['group'],
      run: async (creation, step, signal) => network(await making(creation, signal), step),
    },
    {
      id: 'availability-set',
      title: `Availability set ${options.availabilitySet}`,
      after: ['group'],
      skip: () => options.availabilitySet === undefined,
      run: async (creation, _step, signal) => ensureAvailabilitySet(await making(creation, signal)),
    },
    {
      id: 'vm',
      title: `Virtual machine ${name}`,
      after: ['network', 'availability-set'],
      run: async (creation, _step, signal) => putVirtualMachine(await making(creation, signal), await source.image()),
    },
  ];
}

/** Firewall, network and public IP know nothing of each other, so they are made at once; the NIC joins them. */
async function network(making: Making, step: StepHandle): Promise<void> {
  const { machine, creation } = making;
  const { names, options } = machine;
  let publicIp: PublicIPAddress | undefined;
  await allDone([
    putFirewall(making),
    ensureSubnet(making),
    options.noPublicIp
      ? Promise.resolve()
      : putPublicIp(making).then((made) => {
          publicIp = made;
        }),
  ]);
  const nic = await putNic(making);
  const { main, others } = addresses(options, { publicIp, nic });
  creation.address = main;
  creation.alternativeAddresses = [...others];
  const address = options.noPublicIp ? names.nic : names.publicIp;
  step.title(`Network ${names.firewall}, ${names.vnet}, ${address} ${main ?? ''}`.trimEnd());
}

/** Waits for all, even when one fails: nothing may still be on its way to Azure when a step has ended. */
async function allDone(works: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
