import type { AzureOptions } from '../../drivers/azure/options.ts';
import type { FoundVm } from '../../drivers/azure/existing/read-vm.ts';
import type { AzureSession } from '../../drivers/azure/session.ts';
import { PreCreateCheckError } from '../../errors/pre-create-check-error.ts';
import { UsageError } from '../../errors/usage-error.ts';
import type { MachineContext } from '../machine-context.ts';
import { azureDependencies } from '../open-driver.ts';
import type { AdoptRequest } from './adopt-request.ts';

/** A VM as it was found, and what goes on record of it. */
export interface VmFacts {
  readonly found: FoundVm;
  readonly options: AzureOptions;
  readonly session: AzureSession;
  /** Under which the host answers, and what else goes into the certificate. */
  readonly address: string;
  readonly alternativeAddresses: readonly string[];
}

/**
 * Reads a VM that is to become a machine.
 * @throws UsageError for what names no VM; PreCreateCheckError when it is not there or nobody could reach it; LoginError, ArmError
 */
export async function lookAtVm(request: AdoptRequest, context: MachineContext): Promise<VmFacts> {
  const { name, vm, azure, tunnel } = request;
  const [{ azureOptions }, { openSession }, { parseResourceId }, { readVm }, { vmOptions }, { addresses }] =
    await Promise.all([
      import('../../drivers/azure/resolve-options.ts'),
      import('../../drivers/azure/session.ts'),
      import('../../drivers/azure/resource-id.ts'),
      import('../../drivers/azure/existing/read-vm.ts'),
      import('../../drivers/azure/existing/vm-options.ts'),
      import('../../drivers/azure/addresses.ts'),
    ]);
  const named = parseResourceId(vm);
  const [group, vmName] = vm.split(':');
  const isId = named?.type === 'microsoft.compute/virtualmachines' && named.names.length === 1;
  if (!isId && (named !== undefined || vm.startsWith('/') || !group || !vmName))
    throw new UsageError(`--azure-vm takes the id of a virtual machine, or GROUP:NAME; not ${JSON.stringify(vm)}.`, {
      resource: '--azure-vm',
      nextSteps: [{ label: 'All ids', command: 'az vm list --query "[].id" -o tsv' }],
    });
  const { options: asked } = azureOptions(isId ? { ...azure, subscriptionId: named.subscriptionId } : azure);
  const session = await openSession(undefined, asked, azureDependencies(context));
  const path = `/subscriptions/${session.subscriptionId}/resourceGroups/${group}/providers/Microsoft.Compute/virtualMachines/${vmName}`;
  const id = isId ? named : parseResourceId(path);
  if (id === undefined) throw new TypeError(`${vm} was taken for the name of a virtual machine`);
  const found = await readVm(id, { session, name, options: asked, signal: context.signal });
  if (found === undefined)
    throw new PreCreateCheckError(`There is no virtual machine ${id.names[0]} in resource group ${id.group}.`, {
      resource: id.id,
      nextSteps: [{ label: 'All there are', command: 'az vm list -o table' }],
    });
  const read = vmOptions(found);
  const sshUser = azure.sshUser ?? read.sshUser;
  if (sshUser === undefined)
    throw new PreCreateCheckError(
      `${found.vm.name} was made of a disk, so that Azure does not know who may log in to it.`,
      {
        resource: id.id,
        nextSteps: [{ label: 'Say who', command: `azdock adopt ${name} --azure-vm ${id.id} --azure-ssh-user USER` }],
      },
    );
  const options = { ...asked, ...read, sshUser, tunnel, sshPort: session.cloud.sshPort };
  const { main, others } = addresses(options, session.cloud, found);
  if (main === undefined) throw new PreCreateCheckError(`${found.vm.name} has no address.`, { resource: id.id });
  return { found, options, session, address: main, alternativeAddresses: others };
}
