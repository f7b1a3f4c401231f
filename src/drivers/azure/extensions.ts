import type { VirtualMachineExtension } from '@azure/arm-compute';
import type { Journal } from '../creation.ts';
import type { ExtensionReport, ExtensionRequest, Extensions } from '../extensions.ts';
import { isNotFound } from './arm-failure.ts';
import { type AzureMachine, deed } from './azure-machine.ts';
import { deleteResource } from './delete-resource.ts';
import { extensionFailure, isExtensionFailure } from './extension-failure.ts';
import { COMPUTE_POLL, callOptions, finish } from './long-running.ts';
import { machineTags } from './naming.ts';
import { onceFree } from './once-free.ts';

/** VM extensions of one machine (Microsoft.Compute/virtualMachines/extensions). */
export function azureExtensions(open: () => Promise<AzureMachine>): Extensions {
  return {
    async publishedVersion(publisher, type, signal) {
      return publishedVersion(await open(), { publisher, type, signal });
    },
    async put(request, journal, signal) {
      await putExtension(await open(), { request, journal, signal });
    },
    async get(name, signal) {
      return getExtension(await open(), name, signal);
    },
    async inspect(name, signal) {
      const [machine, { inspectExtension }] = await Promise.all([open(), import('./inspect-extension.ts')]);
      return inspectExtension(machine, name, signal);
    },
    async remove(name, journal, signal) {
      const machine = await open();
      const id = extensionId(machine, name);
      await onceFree(machine, signal, () => deleteResource(machine, id, { signal }));
      await journal.forget(id);
    },
  };
}

async function publishedVersion(machine: AzureMachine, kind: ExtensionKind): Promise<string | undefined> {
  const [major, minor = '0'] = (await newestVersion(machine, kind))?.split('.') ?? [];
  return major && `${major}.${minor}`;
}

export interface ExtensionKind {
  readonly publisher: string;
  readonly type: string;
  readonly signal: AbortSignal | undefined;
}

/** The newest published version, whole; undefined when the region does not publish the type. */
export async function newestVersion(
  machine: AzureMachine,
  { publisher, type, signal }: ExtensionKind,
): Promise<string | undefined> {
  const { session, options } = machine;
  const versions = await session.call(
    deed(machine, `look for extension ${type}`, type),
    signal,
    async ({ compute }) => {
      const { virtualMachineExtensionImages } = await compute();
      try {
        const found = await virtualMachineExtensionImages.listVersions(
          options.location,
          publisher,
          type,
          callOptions(signal),
        );
        return found.map(({ name }) => name ?? '');
      } catch (error) {
        if (isNotFound(error)) return [];
        throw error;
      }
    },
  );
  return versions
    .map((version) => ({ version, parts: version.split('.').map(Number) }))
    .sort((one, other) => byVersion(one.parts, other.parts))
    .at(-1)?.version;
}

function byVersion(one: readonly number[], other: readonly number[]): number {
  const different = one.findIndex((part, index) => part !== (other[index] ?? 0));
  return different === -1 ? one.length - other.length : (one[different] ?? 0) - (other[different] ?? 0);
}

async function putExtension(
  machine: AzureMachine,
  { request, journal, signal }: { request: ExtensionRequest; journal: Journal; signal: AbortSignal },
): Promise<void> {
  const { names, session, options } = machine;
  const id = extensionId(machine, request.name);
  const body: VirtualMachineExtension = {
    location: options.location,
    tags: machineTags(machine),
    publisher: request.publisher,
    typePropertiesType: request.type,
    typeHandlerVersion: request.version,
    autoUpgradeMinorVersion: true,
    ...(request.forceUpdateTag === undefined ? {} : { forceUpdateTag: request.forceUpdateTag }),
    settings: request.settings,
    protectedSettings: request.protectedSettings.reveal(),
  };
  await journal.intend(id, { shared: false });
  try {
    await onceFree(machine, signal, () =>
      session.call(deed(machine, `attach ${request.type} to ${machine.name}`, id), signal, async ({ compute }) => {
        const { virtualMachineExtensions } = await compute();
        const how = { ...COMPUTE_POLL, abortSignal: signal };
        return finish(virtualMachineExtensions.createOrUpdate(names.group, names.vm, request.name, body, how), signal);
      }),
    );
  } catch (error) {
    if (!isExtensionFailure(error)) throw error;
    // The instance view has the handler's message whole; when it cannot be read, Azure's quotation of it has to do.
    const report = await getExtension(machine, request.name, signal).catch(() => undefined);
    throw extensionFailure({ machine: machine.name, type: request.type, id }, error, report?.message);
  }
}

async function getExtension(
  machine: AzureMachine,
  name: string,
  signal: AbortSignal | undefined,
): Promise<ExtensionReport | undefined> {
  const found = await readExtension(machine, name, signal);
  return found && extensionReport(name, found);
}

/** The resource with its instance view; undefined when there is none. */
export async function readExtension(
  machine: AzureMachine,
  name: string,
  signal: AbortSignal | undefined,
): Promise<VirtualMachineExtension | undefined> {
  const { names, session } = machine;
  return session.call(deed(machine, `read extension ${name}`, name), signal, async ({ compute }) => {
    const { virtualMachineExtensions } = await compute();
    const how = { expand: 'instanceView', ...callOptions(signal) };
    return virtualMachineExtensions.get(names.group, names.vm, name, how).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
  });
}

export function extensionReport(name: string, found: VirtualMachineExtension): ExtensionReport {
  const statuses = [...(found.instanceView?.statuses ?? []), ...(found.instanceView?.substatuses ?? [])];
  return {
    name,
    publisher: found.publisher ?? '',
    type: found.typePropertiesType ?? '',
    provisioningState: found.provisioningState ?? '',
    message: statuses.flatMap(({ message }) => (message ? [message] : [])).join('\n'),
    settings: found.settings,
  };
}

function extensionId({ names }: AzureMachine, name: string): string {
  return `${names.ids.vm}/extensions/${name}`;
}
