import type { Batch } from '../drivers/azure/batch.ts';
import type { Driver } from '../drivers/driver.ts';
import type { DataDiskPlace } from '../provision/script/data-disks.ts';
import type { DriverRecord, JsonObject } from '../store/record.ts';
import type { Store } from '../store/store.ts';
import type { ProvisionerChoice } from './choose-provisioner.ts';
import type { SshAccess } from './deliver.ts';
import { genericDependencies } from './generic-dependencies.ts';
import type { MachineContext } from './machine-context.ts';
import { azureDependencies } from './open-driver.ts';
import type { Origin } from './origin.ts';

/** A machine that is to be made and that will have a host, whatever its driver. */
export interface NewMachine {
  readonly driver: Driver;
  readonly provisioner: ProvisionerChoice;
  /** `cloud/region`, under which it is remembered what worked there; empty where there are no regions. */
  readonly region: string;
  /** Undefined: the engine opens none, and is reached through SSH. */
  readonly enginePort: number | undefined;
  /** Who logs in to the host. */
  readonly sshUser: string;
  /** A host that is there before the machine is, and how to log in to it as long as the machine has no key of its own. */
  readonly host: Pick<SshAccess, 'machine' | 'host' | 'port' | 'user' | 'keyFile'> | undefined;
  /** Data disks that the host is to mount before anything else. */
  readonly dataDisks: readonly DataDiskPlace[];
  /** Cost money as long as they are there. */
  readonly isBilled: boolean;
  /** What goes on record, once the checks have passed: the record's `Driver`, and what that has no key for. */
  keys(): Promise<{ readonly driver: DriverRecord; readonly sidecar?: JsonObject }>;
}

/** Where the parts of a new machine come from. */
export interface NewMachinePlace {
  readonly name: string;
  /** Value of the tag `azdock-id`. */
  readonly id: string;
  /** Value of the tag `azdock-store`. */
  readonly storeId?: string | undefined;
  readonly store: Store;
  readonly context: MachineContext;
  /** The machines that are made together with it. @defaultValue it is alone */
  readonly batch?: Batch;
}

/** The machine that an origin asks for. Nothing is made yet, and nobody is asked. The driver's code is loaded here. */
export async function newMachine(
  origin: Exclude<Origin, { readonly driver: 'none' }>,
  place: NewMachinePlace,
): Promise<NewMachine> {
  return origin.driver === 'azure' ? onAzure(origin, place) : onHost(origin, place);
}

async function onAzure(
  { options, provisioner }: Extract<Origin, { readonly driver: 'azure' }>,
  { name, id, storeId, store, context, batch }: NewMachinePlace,
): Promise<NewMachine> {
  const { createAzureDriver } = await import('../drivers/azure/driver.ts');
  const { azureDriverRecord } = await import('../drivers/azure/record.ts');
  const { azureSidecar } = await import('../drivers/azure/extra-options.ts');
  const { dataDisksOf } = await import('../drivers/azure/data-disk.ts');
  const driver = createAzureDriver({
    isNew: true,
    name,
    id,
    storeId,
    options,
    dependencies: azureDependencies(context),
    ...(batch === undefined ? {} : { batch }),
  });
  return {
    driver,
    provisioner,
    region: `${options.environment}/${options.location}`,
    enginePort: options.tunnel ? undefined : options.dockerPort,
    sshUser: options.sshUser,
    host: undefined,
    dataDisks: dataDisksOf(options).flatMap(({ path }, lun) => (path === undefined ? [] : [{ lun, path }])),
    isBilled: true,
    async keys() {
      const settled = await driver.settledOptions();
      const base = { machineName: name, storePath: store.root, sshKeyPath: store.paths(name).sshKey };
      return { driver: azureDriverRecord(settled, base), sidecar: azureSidecar(settled) };
    },
  };
}

async function onHost(
  { options, tunnel }: Extract<Origin, { readonly driver: 'generic' }>,
  { name, store, context }: NewMachinePlace,
): Promise<NewMachine> {
  const { createGenericDriver } = await import('../drivers/generic/driver.ts');
  const { genericDriverRecord } = await import('../drivers/generic/record.ts');
  const directory = store.paths(name).dir;
  const keys = genericDriverRecord(options, { machineName: name, storePath: store.root, directory });
  const { ipAddress: host, sshPort: port, sshUser: user, sshKey: keyFile, enginePort } = options;
  return {
    driver: createGenericDriver(keys, genericDependencies(name, context)),
    provisioner: 'ssh',
    region: '',
    enginePort: tunnel ? undefined : enginePort,
    sshUser: user,
    host: { machine: name, host, port, user, keyFile },
    dataDisks: [],
    isBilled: false,
    keys: async () => ({ driver: keys, ...(tunnel ? { sidecar: { tunnel } } : {}) }),
  };
}
