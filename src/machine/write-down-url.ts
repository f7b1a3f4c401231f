import { randomUUID } from 'node:crypto';
import type { NoneOptions } from '../drivers/none/options.ts';
import { noneDriverRecord } from '../drivers/none/record.ts';
import { CertificateError } from '../errors/certificate-error.ts';
import type { Secret } from '../secret/secret.ts';
import { storeFiles } from '../store/files.ts';
import type { Store } from '../store/store.ts';
import { isEngineUrl } from './address.ts';
import type { CreateRequest, CreatedMachine } from './create-request.ts';
import { ensureAuthority } from './machine-certificates.ts';
import type { MachineContext } from './machine-context.ts';
import { newRecord } from './new-record.ts';

/** How long another azdock may be at work on a machine of the same name. */
const LOCK_DEADLINE_MS = 10_000;

interface Place {
  readonly store: Store;
  readonly context: MachineContext;
  readonly startedMs: number;
}

/**
 * Makes a machine out of the URL of an engine. Nobody is asked whether there is one, as in docker-machine; unlike there, the machine gets
 * copies of the client's certificates, so that what `env` and `config` name exists.
 *
 * @throws CertificateError, StoreError, MachineExistsError, LockedError
 */
export async function writeDownUrl(
  request: CreateRequest,
  options: NoneOptions,
  { store, context, startedMs }: Place,
): Promise<CreatedMachine> {
  const { name } = request;
  const { url } = options;
  if (!isEngineUrl(url)) context.progress.warn(`${url} is not tcp://HOST:PORT, so env and config cannot use ${name}.`);
  const files = await clientFiles(store, context);
  const driver = noneDriverRecord(options, { machineName: name, storePath: store.root });
  await store.withMachineLock(name, { deadlineMs: LOCK_DEADLINE_MS, signal: context.signal }, async () => {
    await store.create(name, newRecord(request, driver, context), {
      version: 1,
      id: randomUUID(),
      phase: 'ready',
      createdAt: new Date().toISOString(),
      journal: [],
    });
    const paths = store.paths(name);
    await storeFiles.write(paths.ca, files.ca);
    await storeFiles.write(paths.cert, files.cert);
    await storeFiles.writeSecret(paths.key, files.key);
  });
  const elapsedMs = context.clock.now() - startedMs;
  return { name, url, address: driver.IPAddress, engineVersion: null, provisioner: null, elapsedMs };
}

/** What the user names for this engine with `--tls-…`; without any, the store's own, made if need be. */
async function clientFiles(
  store: Store,
  context: MachineContext,
): Promise<{ readonly ca: string; readonly cert: string; readonly key: Secret }> {
  const { caCert, clientCert, clientKey } = context.tls;
  if (caCert === undefined && clientCert === undefined && clientKey === undefined) {
    const { ca, client } = await ensureAuthority(store, context);
    return { ca: ca.cert, ...client };
  }
  const own = store.certificates;
  const found = <T>(content: T | undefined, path: string): T => {
    if (content === undefined) throw new CertificateError(`${path} does not exist.`, { resource: path });
    return content;
  };
  const [ca, cert, key] = [caCert ?? own.ca, clientCert ?? own.cert, clientKey ?? own.key];
  return {
    ca: found(await storeFiles.read(ca), ca),
    cert: found(await storeFiles.read(cert), cert),
    key: found(await storeFiles.readSecret(key), key),
  };
}
