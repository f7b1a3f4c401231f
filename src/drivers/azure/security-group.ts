import type { NetworkSecurityGroup } from '@azure/arm-network';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { callOptions } from './long-running.ts';

/** A network security group as Azure has it; undefined when it is not there. @throws what AzureSession.call throws */
export async function findSecurityGroup(
  machine: AzureMachine,
  { group, name }: { readonly group: string; readonly name: string },
  signal?: AbortSignal,
): Promise<NetworkSecurityGroup | undefined> {
  return machine.session.call(deed(machine, `find network security group ${name}`, name), signal, async (to) =>
    (await to.network()).networkSecurityGroups.get(group, name, callOptions(signal)).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    }),
  );
}
