import type { CertificateSet } from '../certs/bootstrap.ts';
import { waitForEngine } from '../engine/wait-for-engine.ts';
import { UnsupportedError } from '../errors/unsupported-error.ts';
import type { ComposeProject, Provisioning } from '../provision/provisioning.ts';
import { recallProvisioning } from '../provision/remembered.ts';
import { Secret } from '../secret/secret.ts';
import type { Sidecar } from '../store/sidecar.ts';
import { openStore, type Store } from '../store/store.ts';
import { chooseProvisioner } from './choose-provisioner.ts';
import { deliver } from './deliver.ts';
import { endpointOf } from './endpoint.ts';
import { engineConfig } from './engine-config.ts';
import { ensureAuthority, keepCertificates, signFor } from './machine-certificates.ts';
import type { MachineContext } from './machine-context.ts';
import { driverOf } from './open-driver.ts';
import { RegionMemory } from './region-memory.ts';

const LOCK_DEADLINE_MS = 60_000;
/** Restart of an engine with many containers. */
const ENGINE_DEADLINE_MS = 300_000;

export interface RegenerateRequest {
  readonly names: readonly string[];
  /** `--client-certs`: CA and client certificate are made anew first. */
  readonly clientCerts: boolean;
}

/**
 * Gives machines new server certificates through their provisioners, all at once. With `clientCerts` they get them from a new CA,
 * and a client with the old set is refused by these machines from then on; machines not named keep what they have until their
 * turn.
 *
 * @returns one entry for each name, in order; a failure stays with its machine
 * @throws MachineNotFoundError before anything is changed; CertificateError, StoreError
 */
export async function regenerateCertificates(
  request: RegenerateRequest,
  context: MachineContext,
): Promise<readonly { readonly name: string; readonly error: unknown }[]> {
  const store = openStore(context.storePath, context.clock);
  for (const name of request.names) await store.load(name);
  const authority = await ensureAuthority(store, context, request.clientCerts ? 'ca' : undefined);
  const results = await Promise.allSettled(
    request.names.map((name) =>
      store.withMachineLock(name, { deadlineMs: LOCK_DEADLINE_MS, signal: context.signal }, () =>
        regenerate(name, authority, store, context),
      ),
    ),
  );
  return results.map((result, at) => ({
    name: request.names[at] ?? '',
    error: result.status === 'rejected' ? result.reason : undefined,
  }));
}

async function regenerate(
  name: string,
  authority: CertificateSet,
  store: Store,
  context: MachineContext,
): Promise<void> {
  const machine = await store.load(name);
  const { record } = machine;
  if (record.DriverName === 'none') {
    throw new UnsupportedError(`${name} is a URL without a host: there is nothing to put certificates on.`, {
      resource: name,
    });
  }
  const driver = await driverOf(machine, context);
  const { host, port } = await endpointOf(name, context);
  const certificates = await signFor(
    record,
    [host, ...(machine.sidecar?.alternativeAddresses ?? [])],
    authority,
    context,
  );
  const user = record.Driver.SSHUser;
  const provisioning: Provisioning = {
    compose: recallCompose(machine.sidecar, context),
    engine: engineConfig(record, certificates.serial),
    certificates: certificates.host,
    login: undefined,
    adminUser: user,
  };
  const memory = new RegionMemory(context.storePath, Date.now);
  const region = `${String(record.Driver['Environment'] ?? '')}/${String(record.Driver['Location'] ?? '')}`;
  const journal = await store.journal(name);
  await context.progress.step(`New certificates for ${name}`, async (step) => {
    const before = machine.sidecar?.provisioner;
    const choice =
      driver.extensions === undefined
        ? 'ssh'
        : before === 'cloud-init' || before === undefined
          ? 'custom-script'
          : before;
    const { signal } = context;
    const provisioner = await chooseProvisioner({ choice, driver, provisioning, region, memory, signal });
    const keyFile = record.Driver.SSHKeyPath || store.paths(name).sshKey;
    const hostKey = machine.sidecar?.hostKey;
    const onHostKey = async (key: string) =>
      void (await store.updateSidecar(name, (old) => ({ ...old, hostKey: key })));
    const ssh = { machine: name, host, port: record.Driver.SSHPort || 22, user, keyFile, hostKey, onHostKey };
    const job = { provisioner, mayFallBack: false, provisioning, driver, journal, ssh, region, memory, context };
    await deliver(job, step, signal);
    step.detail('waiting for the engine');
    const { host: pem, client, serial } = certificates;
    const endpoint = { machine: name, host, port, ca: pem.ca, cert: client.cert, key: client.key };
    await waitForEngine({
      ...endpoint,
      expectSerial: serial,
      deadlineMs: ENGINE_DEADLINE_MS,
      clock: context.clock,
      signal,
    });
    await keepCertificates(store, name, certificates);
  });
}

/** The compose project as it was, unless it needs secrets that azdock did not keep: then its containers are left as they are. */
function recallCompose(sidecar: Sidecar | undefined, context: MachineContext): ComposeProject | undefined {
  const { compose, missingSecrets } = recallProvisioning(sidecar?.provision);
  if (compose === undefined) return undefined;
  if (missingSecrets.length === 0) return { ...compose, secretEnvironment: new Secret({}) };
  context.progress.warn(
    `The compose project is left alone: it needs ${missingSecrets.join(', ')}, which azdock does not keep.`,
  );
  return undefined;
}
