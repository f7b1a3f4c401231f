import type { NetworkSecurityGroup } from '@azure/arm-network';
import { NotRunningError } from '../../../errors/not-running-error.ts';
import { PreCreateCheckError } from '../../../errors/pre-create-check-error.ts';
import type { NextStep } from '../../../errors/azdock-error.ts';
import { tagOf } from '../leftovers/tagged-resource.ts';
import { freePriority, letsSomebodyIn } from '../judge-rules.ts';
import { ADOPTED_TAG, ID_TAG, MACHINE_TAG } from '../naming.ts';
import { parseResourceId } from '../resource-id.ts';
import { machineState } from '../state.ts';
import type { FoundVm } from './read-vm.ts';

/** What is wanted of a VM that is to become a machine. */
export interface VmWish {
  /** The machine's name. */
  readonly name: string;
  /** Value of the tag `azdock-adopted` that it may carry already: an earlier run's. */
  readonly id: string;
  /** It may be a machine of another store. */
  readonly force: boolean;
  /** Something is to be done by its agent. */
  readonly needsAgent: boolean;
  /** Port that the engine is to be reached at from outside; undefined with a tunnel. */
  readonly enginePort: number | undefined;
  readonly sshPort: number;
  readonly isPrivate: boolean;
}

/**
 * Looks whether a VM can become a machine, before anything is changed.
 * @param warn told what stops nothing
 * @throws PreCreateCheckError, NotRunningError
 */
export function checkVm(found: FoundVm, wish: VmWish, warn: (message: string) => void): void {
  checkOwner(found, wish);
  checkSystem(found);
  checkState(found);
  if (wish.needsAgent) checkAgent(found, wish);
  checkRules(found, wish, warn);
}

/** Another machine's, or a machine's of somebody else. */
function checkOwner({ vm }: FoundVm, { name, id, force }: VmWish): void {
  const machine = tagOf(vm.tags, MACHINE_TAG) ?? '';
  if (tagOf(vm.tags, ID_TAG) !== undefined)
    throw refused(vm.id, `${vm.name} was made by azdock, for machine ${machine}: it is not adopted, but attached.`, [
      { label: 'Attach it', command: `azdock attach ${machine}` },
    ]);
  const adopted = tagOf(vm.tags, ADOPTED_TAG);
  if (adopted === undefined || adopted === id || force) return;
  throw refused(vm.id, `${vm.name} is machine ${machine} already, of this store or another one.`, [
    { label: 'Use it, too', command: `azdock attach ${machine}` },
    { label: 'Or take it over', command: `azdock adopt ${name} --azure-vm ${vm.id} --force` },
  ]);
}

function checkSystem({ vm }: FoundVm): void {
  const system = vm.storageProfile?.osDisk?.osType ?? (vm.osProfile?.windowsConfiguration ? 'Windows' : 'Linux');
  if (!/^linux$/i.test(system)) throw refused(vm.id, `${vm.name} runs ${system}; azdock needs Linux.`);
}

function checkState({ vm }: FoundVm): void {
  const { state, detail } = machineState(vm.instanceView?.statuses);
  if (state === 'Running') return;
  throw new NotRunningError(`${vm.name} is not running: it is ${detail ?? state.toLowerCase()}.`, {
    ...(vm.id === undefined ? {} : { resource: vm.id }),
    nextSteps: [{ label: 'Start it', command: `az vm start --ids ${vm.id}` }],
  });
}

function checkAgent({ vm }: FoundVm, { name }: VmWish): void {
  const isOff =
    vm.osProfile?.allowExtensionOperations === false || vm.osProfile?.linuxConfiguration?.provisionVMAgent === false;
  const isReady = vm.instanceView?.vmAgent?.statuses?.some(({ displayStatus }) => displayStatus === 'Ready') === true;
  if (!isOff && isReady) return;
  const why = isOff ? 'it was made without the agent' : 'its agent does not report to Azure';
  throw refused(vm.id, `Nothing can be run on ${vm.name} through Azure: ${why}.`, [
    {
      label: 'Over SSH',
      command: `azdock adopt ${name} --azure-vm ${vm.id} --azure-provisioner ssh --ssh-key FILE`,
    },
  ]);
}

function checkRules({ groups, vm }: FoundVm, wish: VmWish, warn: (message: string) => void): void {
  const { name, enginePort, sshPort, isPrivate } = wish;
  for (const group of groups) {
    const isClosed = (port: number) => !letsSomebodyIn(group, port, { isPrivate });
    if (enginePort !== undefined && isClosed(enginePort))
      throw refused(
        group.id,
        `Network security group ${group.name} lets nobody reach TCP port ${enginePort}, at which the engine is to answer. azdock does not change it.`,
        [
          { label: 'Let somebody in', command: openCommand(group, enginePort) },
          { label: 'Or without a port', command: `azdock adopt ${name} --azure-vm ${vm.id} --tunnel` },
        ],
      );
    if (isClosed(sshPort))
      warn(
        `Network security group ${group.name} lets nobody reach TCP port ${sshPort}, which azdock ssh needs. To let somebody in: ${openCommand(group, sshPort)}`,
      );
  }
}

function openCommand(group: NetworkSecurityGroup, port: number): string {
  const place = parseResourceId(group.id ?? '');
  return (
    `az network nsg rule create -g ${place?.group} --nsg-name ${group.name} -n azdock-${port} --priority ${freePriority(group)} ` +
    `--protocol Tcp --destination-port-ranges ${port} --source-address-prefixes ADDRESS`
  );
}

function refused(
  resource: string | undefined,
  message: string,
  nextSteps: readonly NextStep[] = [],
): PreCreateCheckError {
  return new PreCreateCheckError(message, { nextSteps, ...(resource === undefined ? {} : { resource }) });
}
