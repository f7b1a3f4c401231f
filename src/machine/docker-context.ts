import { AzdockError } from '../errors/azdock-error.ts';
import { RefusedError } from '../errors/refused-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { openStore } from '../store/store.ts';
import { clientFiles } from './client-files.ts';
import {
  type DockerContext,
  isContextName,
  readDockerContext,
  removeDockerContextFiles,
} from './docker-context-files.ts';
import { contextDirectories, putContext } from './docker-context-sync.ts';
import { currentContext, setCurrentContext } from './docker-current-context.ts';
import { endpointOf } from './endpoint.ts';
import type { MachineContext } from './machine-context.ts';

/** How long another azdock may be at work on the machine. */
const LOCK_DEADLINE_MS = 60_000;

/** A machine as a context of docker's, in one of docker's configuration directories. */
export interface DockerContextPlace {
  readonly name: string;
  /** Absolute. */
  readonly configDirectory: string;
}

/**
 * Refuses what cannot become a docker context: a name that docker does not take, or one that another context has.
 * @throws UsageError, RefusedError
 */
export async function requireContextPlace(place: DockerContextPlace, context: MachineContext): Promise<void> {
  const { name, configDirectory } = place;
  if (!isContextName(name)) {
    throw new UsageError(
      `${name} cannot be the name of a docker context, which has at least two characters and is not "default".`,
      { resource: name },
    );
  }
  const found = await readDockerContext(configDirectory, name);
  if (found !== undefined && !isOurs(found, context)) throw foreign(found);
}

/**
 * Makes the machine's docker context, or brings it up to date; from then on it follows the machine's address and certificates.
 * @returns `tcp://HOST:PORT`, or `unix://` and the socket of its tunnel, which is put up
 * @throws as {@link requireContextPlace}; MachineNotFoundError, NotRunningError, CertificateError, StoreError
 */
export async function makeDockerContext(
  { name, configDirectory, use }: DockerContextPlace & { readonly use: boolean },
  context: MachineContext,
): Promise<string> {
  const { record, url, socket } = await endpointOf(name, context);
  const files = socket === undefined ? clientFiles(context.storePath, record).read() : undefined;
  await requireContextPlace({ name, configDirectory }, context);
  const store = openStore(context.storePath, context.clock);
  await store.withMachineLock(name, { deadlineMs: LOCK_DEADLINE_MS, signal: context.signal }, async () => {
    await store.updateSidecar(name, ({ dockerContexts = [], ...sidecar }) => ({
      ...sidecar,
      dockerContexts: [...new Set([...dockerContexts, configDirectory])],
    }));
    await putContext({ configDirectory, name, store: context.storePath, host: url, files });
  });
  if (use) await setCurrentContext(configDirectory, name);
  if (socket !== undefined) await putTunnelUp(name, context);
  return url;
}

/** What the context points at should be there; but a machine that is switched off can have a context, too. */
async function putTunnelUp(name: string, context: MachineContext): Promise<void> {
  const { ensureTunnel } = await import('./tunnel/ensure-tunnel.ts');
  await ensureTunnel(name, context).catch((error: unknown) => {
    if (!(error instanceof AzdockError) || context.signal.aborted) throw error;
    context.progress.warn(`Its tunnel is not up: ${error.message} Once it can be: azdock tunnel ${name}`);
  });
}

/**
 * Removes the machine's docker context; the machine need not be there any more. Docker goes back to its default when it was
 * the current one.
 * @returns false when there was none
 * @throws RefusedError when azdock did not make it; StoreError
 */
export async function removeDockerContext(place: DockerContextPlace, context: MachineContext): Promise<boolean> {
  const { name, configDirectory } = place;
  const found = await readDockerContext(configDirectory, name);
  if (found === undefined) return false;
  if (!isOurs(found, context)) throw foreign(found);
  await removeDockerContextFiles(configDirectory, name);
  if ((await currentContext(configDirectory)) === name) await setCurrentContext(configDirectory, undefined);
  return true;
}

/** Removes all contexts that a machine was given, since it goes itself. What fails is told and fails nothing. */
export async function removeDockerContexts(name: string, context: MachineContext): Promise<void> {
  for (const configDirectory of contextDirectories(context.storePath, name)) {
    await removeDockerContext({ name, configDirectory }, context).catch((error: unknown) => {
      // It is another's by now.
      if (error instanceof RefusedError) return;
      const why = error instanceof Error ? error.message : String(error);
      context.progress.warn(`The docker context ${name} is left: ${why}`);
    });
  }
}

function isOurs({ name, owner }: DockerContext, { storePath }: MachineContext): boolean {
  return owner?.machine === name && owner.store === storePath;
}

function foreign({ name, host, owner }: DockerContext): RefusedError {
  const whose = owner === undefined ? 'which azdock did not make' : `for a machine of ${owner.store}`;
  return new RefusedError(
    `There is a docker context ${name}, ${whose}${host === '' ? '' : `; it points at ${host}`}.`,
    {
      resource: name,
      nextSteps: [{ label: 'If it may go', command: `docker context rm ${name}` }],
    },
  );
}
