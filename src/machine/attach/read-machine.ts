import type { TaggedMachine } from '../../drivers/azure/attach/find-machines.ts';
import type { AzureOptions } from '../../drivers/azure/options.ts';
import type { FoundVm } from '../../drivers/azure/existing/read-vm.ts';
import { MachineNotFoundError } from '../../errors/machine-not-found-error.ts';
import { UnsupportedError } from '../../errors/unsupported-error.ts';
import { CUSTOM_SCRIPT } from '../../provision/custom-script.ts';
import { DOCKER_EXTENSION } from '../../provision/docker-extension.ts';
import type { MachineRecord } from '../../store/record.ts';
import type { ProvisionerName, Sidecar } from '../../store/sidecar.ts';
import type { Store } from '../../store/store.ts';
import type { MachineContext } from '../machine-context.ts';
import { newMachine } from '../new-machine.ts';
import { newRecord } from '../new-record.ts';
import { azureDependencies } from '../open-driver.ts';
import type { Subscription } from './find-attachable.ts';

/** A machine as Azure has it, in the form of a record. */
export interface ReadMachine {
  readonly record: MachineRecord;
  /** Of a machine without access yet. */
  readonly sidecar: Sidecar;
  readonly options: AzureOptions;
  readonly address: string | undefined;
  readonly found: FoundVm;
}

export interface ReadPlace {
  readonly subscription: Subscription;
  readonly store: Store;
  readonly context: MachineContext;
}

/**
 * Reads a machine back from its resources. What the engine was told is not among them; the host knows that.
 * @throws MachineNotFoundError when its VM has gone meanwhile; UnsupportedError for one that azdock would not have made so; ArmError
 */
export async function readMachine(tagged: TaggedMachine, place: ReadPlace): Promise<ReadMachine> {
  const { name, id, storeId, isAdopted, vm } = tagged;
  const { subscription, store, context } = place;
  const { session, options: asked } = subscription.look;
  const [{ readVm }, { vmOptions }, { machineOptions }, { addresses }] = await Promise.all([
    import('../../drivers/azure/existing/read-vm.ts'),
    import('../../drivers/azure/existing/vm-options.ts'),
    import('../../drivers/azure/attach/machine-options.ts'),
    import('../../drivers/azure/addresses.ts'),
  ]);
  const found = await readVm(vm, { ...subscription.look, name });
  if (found === undefined) throw new MachineNotFoundError(name);
  const own = isAdopted ? undefined : machineOptions(found, id);
  const read = own?.options ?? vmOptions(found);
  const isTunnel = own !== undefined && own.options.securityGroup === undefined && own.enginePort === undefined;
  const options: AzureOptions = {
    ...asked,
    ...read,
    sshPort: session.cloud.sshPort,
    tunnel: isTunnel,
    ...(own?.enginePort === undefined ? {} : { dockerPort: own.enginePort }),
  };
  const { main, others } = addresses(options, session.cloud, found);
  const machine = await newMachine(
    { driver: 'azure', options, provisioner: 'auto' },
    { name, id, storeId, store, context },
  );
  const keys = await machine.keys();
  const origin = { driver: 'azure', options, provisioner: 'auto' } as const;
  const nothing = { engine: {}, tlsSans: [], compose: undefined, login: undefined, customData: undefined, swarm: {} };
  const record = newRecord({ name, origin, ...nothing }, { ...keys.driver, IPAddress: main ?? '' }, context);
  const sidecar: Sidecar = {
    version: 1,
    id,
    ...(storeId === undefined ? {} : { store: storeId }),
    phase: 'creating',
    createdAt: (tagged.createdAt ?? new Date()).toISOString(),
    journal: await journalOf(tagged, { options, place, found }),
    ...(keys.sidecar === undefined ? {} : { driver: keys.sidecar }),
    provisioner: provisionerOf(found),
    alternativeAddresses: [...others],
  };
  return { record, sidecar, options, address: main, found };
}

/** What carries the machine's tag is its own. Of a VM that was there before only the extensions are azdock's. */
async function journalOf(
  tagged: TaggedMachine,
  { options, place, found }: { readonly options: AzureOptions; readonly place: ReadPlace; readonly found: FoundVm },
): Promise<Sidecar['journal']> {
  const { name, id, storeId, isAdopted, vm } = tagged;
  if (isAdopted)
    return found.extensions.flatMap((extension) =>
      Object.values(extension.tags ?? {}).includes(id) && extension.id !== undefined
        ? [{ id: extension.id, shared: false }]
        : [],
    );
  const [{ azureMachine }, { Batch }, { listTagged }, { isSameId }] = await Promise.all([
    import('../../drivers/azure/azure-machine.ts'),
    import('../../drivers/azure/batch.ts'),
    import('../../drivers/azure/remove-own.ts'),
    import('../../drivers/azure/naming.ts'),
  ]);
  const { session, signal } = place.subscription.look;
  const dependencies = azureDependencies(place.context);
  const machine = azureMachine({ name, id, storeId, options, session, dependencies, batch: new Batch() });
  if (!isSameId(machine.names.ids.vm, vm.id))
    throw new UnsupportedError(
      `${name} is called ${vm.names[0]} in Azure: azdock would have made it under its own name.`,
      {
        resource: vm.id,
      },
    );
  return (await listTagged(machine, signal)).map((one) => ({ id: one, shared: false }));
}

function provisionerOf({ extensions }: FoundVm): ProvisionerName {
  const has = (type: string) => extensions.some((one) => one.typePropertiesType?.toLowerCase() === type.toLowerCase());
  if (has(DOCKER_EXTENSION.type)) return 'docker-extension';
  return has(CUSTOM_SCRIPT.type) ? 'custom-script' : 'ssh';
}
