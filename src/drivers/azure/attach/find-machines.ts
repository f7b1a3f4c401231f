import { tagOf } from '../leftovers/tagged-resource.ts';
import { ADOPTED_TAG, ID_TAG, MACHINE_TAG, STORE_TAG } from '../naming.ts';
import type { AzureOptions } from '../options.ts';
import { parseResourceId, type ResourceId } from '../resource-id.ts';
import type { AzureSession } from '../session.ts';

/** A VM that is a machine of azdock's, as its tags say. */
export interface TaggedMachine {
  /** The machine's name. */
  readonly name: string;
  /** Value of the tag `azdock-id`, or of `azdock-adopted`. */
  readonly id: string;
  readonly storeId: string | undefined;
  /** The VM was there before the machine. */
  readonly isAdopted: boolean;
  readonly vm: ResourceId;
  readonly location: string;
  readonly size: string;
  readonly createdAt: Date | undefined;
}

/** All machines of a subscription, whoever made them. @throws what AzureSession.call throws */
export async function findMachines(
  session: AzureSession,
  options: AzureOptions,
  signal: AbortSignal,
): Promise<readonly TaggedMachine[]> {
  const deed = { doing: 'list virtual machines', resource: session.subscriptionId, machine: 'dev', options };
  return session.call(deed, signal, async ({ compute }) => {
    const machines: TaggedMachine[] = [];
    const { virtualMachines } = await compute();
    for await (const { id: vmId, tags, location, hardwareProfile, timeCreated } of virtualMachines.listAll({
      abortSignal: signal,
    })) {
      const vm = vmId === undefined ? undefined : parseResourceId(vmId);
      const own = tagOf(tags, ID_TAG);
      const id = own ?? tagOf(tags, ADOPTED_TAG);
      const name = tagOf(tags, MACHINE_TAG);
      if (vm === undefined || id === undefined || name === undefined) continue;
      machines.push({
        name,
        id,
        storeId: tagOf(tags, STORE_TAG),
        isAdopted: own === undefined,
        vm,
        location: location ?? '',
        size: hardwareProfile?.vmSize ?? '',
        createdAt: timeCreated,
      });
    }
    return machines;
  });
}
