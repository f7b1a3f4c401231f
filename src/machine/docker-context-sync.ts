import { loadMachineSync, loadSidecarSync } from '../store/load.ts';
import { recordedAddress } from './address.ts';
import { clientFiles } from './client-files.ts';
import { type DockerContextFiles, readDockerContext, writeDockerContext } from './docker-context-files.ts';
import type { MachineContext } from './machine-context.ts';
import { machineUrl } from './machine-url.ts';
import { hasTunnel } from './tunnel/has-tunnel.ts';

export interface ContextToPut {
  readonly configDirectory: string;
  readonly name: string;
  /** Path of the store. */
  readonly store: string;
  /** `tcp://HOST:PORT`, or `unix://` and a socket. */
  readonly host: string;
  /** Undefined for a socket. */
  readonly files: DockerContextFiles | undefined;
}

/** Writes the context of a machine. @throws StoreError */
export async function putContext({ configDirectory, name, store, host, files }: ContextToPut): Promise<void> {
  await writeDockerContext(configDirectory, { name, host, owner: { machine: name, store } }, files);
}

/** Where a machine was given contexts: docker's configuration directories. None when nothing can be read. */
export function contextDirectories(storePath: string, name: string): readonly string[] {
  try {
    const found: unknown = loadSidecarSync(storePath, name)?.dockerContexts;
    return Array.isArray(found) ? found.filter((directory) => typeof directory === 'string') : [];
  } catch {
    return [];
  }
}

/**
 * Brings a machine's docker contexts in step with its address and its certificates, wherever they were made. One that the user has
 * removed stays away. What fails is told and fails nothing: the machine itself is well.
 */
export async function refreshDockerContexts(
  name: string,
  context: Pick<MachineContext, 'storePath' | 'environment' | 'progress'>,
): Promise<void> {
  const { storePath: store, progress } = context;
  try {
    const configDirectories = contextDirectories(store, name);
    if (configDirectories.length === 0) return;
    const machine = loadMachineSync(store, name);
    const { record } = machine;
    const address = recordedAddress(record);
    if (address === undefined) return;
    const host = machineUrl(machine, address, context);
    const files = hasTunnel(machine) ? undefined : clientFiles(store, record).read();
    for (const configDirectory of configDirectories) {
      const { owner } = (await readDockerContext(configDirectory, name)) ?? {};
      if (owner?.machine === name && owner.store === store)
        await putContext({ configDirectory, name, store, host, files });
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    progress.warn(`The docker context ${name} is not up to date: ${why} Try again: azdock context ${name}`);
  }
}
