import type { DriverPreview } from '../drivers/driver-preview.ts';
import { CUSTOM_SCRIPT } from '../provision/custom-script.ts';
import { DOCKER_EXTENSION } from '../provision/docker-extension.ts';
import { openStore, type Store } from '../store/store.ts';
import { authorityFiles } from './authority-files.ts';
import type { CreateRequest } from './create-request.ts';
import type { MachineContext } from './machine-context.ts';
import { hasHost, type Preparation, type PreparedMachine, prepareCreation, requireNames } from './prepare-creation.ts';
import { previewAuthority } from './preview-authority.ts';

/** What `create` would do. With `--json` it is shown as it is: names of keys stay. */
export interface CreationPreview {
  /** Always true: this is how it is told from a machine that was made. */
  readonly dryRun: true;
  readonly name: string;
  readonly driver: string;
  /** URL of the engine, where one was given. */
  readonly url: string | null;
  /** A host that is there before the machine is. */
  readonly host: string | null;
  /** What happens in the cloud; null for a machine that is in none. */
  readonly cloud: DriverPreview | null;
  /** Null when nothing is put onto the machine. */
  readonly provisioner: {
    readonly name: string;
    readonly version: string | null;
    readonly because: readonly string[];
  } | null;
  /** Null without a host to log in to. */
  readonly ssh: { readonly user: string; readonly port: number } | null;
  /** Null: the engine opens none. */
  readonly enginePort: number | null;
  /** The engine is reached through SSH. */
  readonly tunnel: boolean;
  /** Names in the server certificate, beside the address that is not known yet. */
  readonly certificateNames: readonly string[];
  /** Files that would be made in the store. */
  readonly files: readonly string[];
}

/**
 * Checks as a creation does and tells what it would make. Nothing is written, neither in a cloud nor in the store.
 * @throws what a creation throws before anything is made
 */
export async function previewCreation(
  requests: readonly CreateRequest[],
  context: MachineContext,
): Promise<readonly CreationPreview[]> {
  const hosted = requests.filter(hasHost);
  if (hosted.length === 0) return Promise.all(requests.map((request) => previewUrl(request, context)));
  const preparation = await prepareCreation(hosted, context, { isDryRun: true });
  const authority = await newAuthority(preparation.store, context);
  return Promise.all(preparation.machines.map((machine) => previewHost(machine, preparation, authority)));
}

async function previewHost(
  { request, machine, draft }: PreparedMachine,
  { chosen, store }: Preparation,
  authority: readonly string[],
): Promise<CreationPreview> {
  const { name, origin, tlsSans } = request;
  const cloud = (await machine.driver.preview?.()) ?? null;
  const { driver } = await machine.keys();
  const host = machine.host?.host ?? null;
  const { record, sidecar, ca, cert, key, serverCert, serverKey, sshKey, sshPublicKey } = store.paths(name);
  const own = [record, sidecar, ca, cert, key, serverCert, serverKey, ...(host === null ? [sshKey, sshPublicKey] : [])];
  return {
    dryRun: true,
    name,
    driver: origin.driver,
    url: null,
    host,
    cloud: cloud && { ...cloud, resources: [...cloud.resources, ...extension(cloud, chosen.name)] },
    provisioner: {
      name: chosen.name,
      version: 'version' in chosen ? chosen.version : null,
      because: host === null ? reasons(chosen, machine.provisioner) : [],
    },
    ssh: { user: machine.sshUser, port: driver.SSHPort },
    enginePort: draft.engine.port ?? null,
    tunnel: draft.engine.port === undefined,
    certificateNames: [
      ...new Set([...tlsSans, ...(host === null ? [] : [host]), ...(cloud?.names ?? []), 'localhost']),
    ],
    files: [...own, ...authority],
  };
}

async function previewUrl(request: CreateRequest, context: MachineContext): Promise<CreationPreview> {
  const store = openStore(context.storePath, context.clock);
  await requireNames([request.name], store, context);
  const { name, origin } = request;
  const { record, sidecar, ca, cert, key } = store.paths(name);
  return {
    dryRun: true,
    name,
    driver: origin.driver,
    url: origin.driver === 'none' ? origin.options.url : null,
    host: null,
    cloud: null,
    provisioner: null,
    ssh: null,
    enginePort: null,
    tunnel: false,
    certificateNames: [],
    files: [record, sidecar, ca, cert, key, ...(await newAuthority(store, context))],
  };
}

function reasons(chosen: Preparation['chosen'], choice: string): readonly string[] {
  if (choice !== 'auto') return ['It was asked for.'];
  if (chosen.name === 'docker-extension') return ['This region publishes it.'];
  return chosen.because;
}

/** The resource by which the provisioner comes onto the machine. */
function extension({ resourceGroup }: DriverPreview, provisioner: string): DriverPreview['resources'] {
  const types: Readonly<Record<string, string>> = {
    'docker-extension': DOCKER_EXTENSION.type,
    'custom-script': CUSTOM_SCRIPT.type,
  };
  const name = types[provisioner];
  if (name === undefined) return [];
  const type = 'Microsoft.Compute/virtualMachines/extensions';
  return [{ type, name, resourceGroup, exists: false, action: 'make' }];
}

/** Files of CA and client certificate that a creation would make, or make anew. */
async function newAuthority(store: Store, context: MachineContext): Promise<readonly string[]> {
  const made = await previewAuthority(store, context);
  const { ca, caKey, cert, key } = authorityFiles(store, context);
  return [...(made.includes('ca') ? [ca, caKey] : []), ...(made.includes('client') ? [cert, key] : [])];
}
